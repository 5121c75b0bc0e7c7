"""오류: 무슨 일이 어디서 일어났는지, 그다음 무엇을 하면 되는지. 한 오류는 길어야 짧은 네 줄."""

ERRORS = {
    # values and names
    "value_is_text": "{name}에 문자열 {value!r}을(를) 넣었어요.\n숫자는 따옴표 없이 쓰세요.",
    "value_is_bool": "{name}에 {value}을(를) 넣었어요. 게이트는 숫자만 계산해요.\n{number}을(를) 쓰려던 건가요?",
    "value_is_complex": "{name}에 복소수 {value}을(를) 넣었어요.\n실수를 쓰세요.",
    "value_is_node": "{name}에는 숫자가 와야 하는데 노드가 왔어요.\n노드의 숫자를 쓰세요: node.value.",
    "value_is_not_a_number": "{name}에는 숫자나 숫자 배열이 필요해요. {kind}은(는) 쓸 수 없어요.\n예: 2.0, np.array([1.0, 2.0]).",
    "value_is_ragged": "{name}의 행마다 길이가 달라요.\n행렬은 모든 행의 길이가 같아야 해요.",
    "name_is_not_text": '이름은 문자열이어야 해요. {kind}은(는) 쓸 수 없어요.\n예: Input(2.0, "x").',
    "name_is_not_a_name": "{name!r}은(는) 이름으로 쓸 수 없어요.\n"
    '글자, 숫자, _ 만 쓰고 글자로 시작하세요: "x0", "w_left".',
    "input_without_name": 'Input에는 값과 이름이 필요해요.\n예: Input(2.0, "x").',
    "two_of_one_name": "이름이 {name!r}인 노드가 둘이에요.\n하나는 다른 이름으로 바꾸세요.",
    # nodes in Python and NumPy expressions
    "node_as_bool": "노드 자체는 참도 거짓도 아니에요: {node}.\n"
    "숫자를 비교하세요: node.value > 0.\n두 노드 가운데 큰 값이 필요하면 maximum(a, b)를 쓰세요.",
    "node_compared": "노드끼리는 {sign} 기호로 비교할 수 없어요.\n"
    "숫자를 비교하세요: a.value {sign} b.value.\n두 노드 가운데 큰 값이 필요하면 maximum(a, b)를 쓰세요.",
    "node_equals_number": "== 기호로는 노드와 숫자를 비교할 수 없어요.\nnode.value == {other} 처럼 쓰세요.",
    "node_as_number": "{node}은(는) 노드인데, Python에는 그냥 숫자가 필요해요.\n"
    "그래프 안에서 계속 계산하려면 exp(node), log(node), tanh(node), … 를 쓰세요.\n숫자만 필요하면 node.value를 쓰세요.",
    "node_parts_are_fixed": "{node}: 숫자를 하나씩 바꿀 수는 없어요.\n"
    "새 배열을 만들어 graph.forward({name}=new_value)로 넣으세요.",
    "no_such_gate": "{operation}에 해당하는 게이트가 없어요.\n대신 {instead}을(를) 쓰세요.",
    "numpy_does_not_know_nodes": "np.{function}은(는) 노드를 계산하지 못해요.\n"
    "대신 {instead}을(를) 쓰세요.\n숫자만 필요하면 np.{function}(node.value)를 쓰세요.",
    "array_of_nodes": "노드를 담은 배열은 노드가 아니에요.\n배열을 담은 Input 하나를 쓰거나, 각각의 node.value를 쓰세요.",
    "node_changed_in_place": "{node}에 {sign} 기호를 쓰면 새 노드가 생기고 {name}은(는) 그대로예요.\n"
    "입력을 바꾸려면 graph.forward({name}=new_value)를 부르세요.",
    "unknown_attribute": "{kind}에는 {attribute!r}이(가) 없어요.{guess}",
    # gates
    "backward_before_forward": "{gate}.backward에는 순전파에서 저장한 숫자가 필요해요.\n"
    "먼저 gate.forward({arguments})를 부르세요.",
    "gate_never_stored": "{gate}이(가) self.{word}을(를) 쓰는데, forward가 저장한 적이 없어요.\n"
    "forward에 self.{word} = … 를 쓰거나, 클래스에 같은 이름의 설정을 두세요.{guess}",
    "gate_argument_with_self": "{gate}이(가) self.{word}을(를) 쓰는데, {word}은(는) backward의 인자예요.\n"
    "self 없이 {word}만 쓰세요.",
    "gate_expected": "{name}에는 게이트를 넣어야 하는데 {given}이(가) 왔어요.\n괄호를 붙여 만드세요: {name} = MultiplyGate().",
    "gate_inputs": "{gate}에는 {expected}가 필요한데 {count}개가 왔어요.\n{gate}({arguments})처럼 쓰세요.",
    "gate_without_self": "{gate} 클래스의 {method}({arguments})에 self가 빠졌어요.\n"
    "이렇게 쓰세요: def {method}(self, {arguments}).",
    "gate_own_init": "{gate}의 __init__이 super().__init__(*inputs)를 부르지 않아요.\n"
    "__init__은 빼고, 설정은 클래스 속성으로 쓰세요: slope = 0.1.",
    "gate_setting": "{gate}에는 {setting!r}(이)라는 설정이 없어요.\n있는 것: {known}.",
    "gate_word_is_taken": "{gate}.{method}이(가) self.{word}에 저장하는데, {word}은(는) 모든 노드가 이미 쓰는 이름이에요.\n"
    "다른 이름을 쓰세요. 예: self.saved_{word}.",
    "gate_without_method": "{gate}에 {method} 메서드가 없어요.\n게이트에는 forward(self, …)와 backward(self, dz)가 필요해요.",
    "gate_stopped": "{gate}이(가) {method} 도중에 멈췄어요.\n{problem}\n노드 {node}, 입력: {values}.",
    "gate_changes_array": "{gate}.{method}이(가) 들어온 배열을 고치려고 했어요.\n"
    "다른 게이트도 함께 쓰는 배열이에요. 고치지 말고 새 배열을 만드세요.\n노드 {node}.",
    "gate_returned": "{gate}.forward가 숫자가 아니라 {kind}을(를) 돌려줬어요.\n숫자나 배열을 돌려주세요.",
    "gate_returned_cache": "{gate}.forward가 튜플을 돌려줬어요. (out, cache)를 돌려주는 함수처럼요.\n"
    "출력만 돌려주세요. backward에 필요한 것은 self에 저장하세요.",
    "shapes_do_not_fit": "{gate}은(는) 형상이 {shapes}인 입력으로 계산할 수 없어요.{hint}\n노드 {node}.",
    "gradient_count": "{gate}에는 {inputs}가 있는데 backward는 {count}를 돌려줬어요.\n"
    "입력마다 기울기를 하나씩 돌려주세요: {example}.\n노드 {node}.",
    "gradient_missing": "{gate}.backward가 입력 {name}의 기울기를 돌려주지 않았어요.\n"
    "입력마다 기울기를 하나씩 돌려주세요.\n노드 {node}.",
    "gradient_shape": "{name}의 기울기는 형상이 {got}인데, {name}의 형상은 {expected}(이)에요.\n"
    "둘은 같아야 해요. {gate}.backward가 돌려준 값이에요.\n노드 {node}.",
    # losses
    "scores_shape": "점수의 형상이 {got}(이)라서 축이 너무 많아요.\n행 하나에 예시 하나, 열 하나에 클래스 하나를 두세요.",
    "labels_shape": "labels의 형상이 {got}인데, 예시 수에 맞추면 ({examples},)(이)어야 해요.\n"
    "클래스마다 열을 두지 말고, 행마다 클래스 번호를 하나씩 주세요.",
    "labels_are_whole": "레이블은 0, 1, 2, … 처럼 클래스 번호예요. {labels!r}은(는) 쓸 수 없어요.",
    "label_out_of_range": "레이블이 {label}인데 클래스는 {classes}개예요: 0 … {last}.",
    "gate_adds_up": "{gate}: backward를 두 번째 불렀더니 처음과 다른 답이 나왔어요.\n"
    "기울기는 = 로 새로 넣으세요. 예전 값에 더하지 마세요.",
    # graphs
    "graph_of_empty_gate": "{gate}에 입력이 없어서 계산할 것이 없어요.\n"
    "노드를 넣어 만드세요. 예: {gate}(x, y).",
    "gates_in_a_circle": "이 게이트들이 고리를 이뤄요: {circle}.\n"
    "계산 그래프는 한 방향으로만 흘러요. 예전 값은 따로 Input으로 만드세요.",
    "graph_of_no_node": "그래프는 마지막 노드에서 시작해요. {kind}(으)로는 만들 수 없어요.\n"
    "예: f = x * y 다음에 ComputationalGraph(f).",
    "unknown_input": "이 그래프에는 {name!r}(이)라는 입력이 없어요.\n있는 입력: {known}.",
    "unknown_node": "이 그래프에는 {name!r}(이)라는 노드가 없어요.\n있는 노드: {known}.",
    "update_needs_a_loss": "갱신은 손실 하나의 기울기를 거슬러 가요. {node}의 형상은 {shape}(이)에요.\n"
    "먼저 숫자 하나로 더하세요: {node}.sum().",
    "update_rate": "update는 숫자 하나, parameters는 이름 하나 이상이어야 해요. 지금은 update={given}.\n"
    '예: step_through(graph, update=0.1, parameters=["w"]).',
    "upstream_needed": "{node}의 형상이 {shape}(이)라서, 기울기를 구할 출력이 하나가 아니에요.\n"
    "숫자 하나로 더하거나, 형상이 {shape}인 upstream=… 을 주세요.",
    "upstream_shape": "upstream의 형상은 {got}인데 {node}의 형상은 {expected}(이)에요.\n둘은 같아야 해요.",
    "not_a_graph": "{function}에는 ComputationalGraph가 필요해요. {kind}은(는) 쓸 수 없어요.\n예: {function}(ComputationalGraph(f)).",
    "node_of_another_graph": "노드 {node}은(는) 다른 그래프의 노드예요.\n"
    "그 노드를 만든 셀을 다시 실행했나요? 그렇다면 모든 셀을 처음부터 실행하세요.",
    "constant_has_no_gradient": "{name}은(는) 어떤 입력과도 상관이 없어서 여기서는 기울기가 없어요.\n"
    "기울기가 있는 것: {known}.",
    "nudge_size": "h는 0보다 큰 숫자여야 해요. {h!r}은(는) 쓸 수 없어요.\nh=1e-6처럼 쓰세요.",
    # formulas
    "formula_is_not_text": "수식은 문자열이어야 해요. {kind}은(는) 쓸 수 없어요.\n"
    '예: parse("(x + y) * z", x=-2, y=5, z=-4).',
    "formula_is_empty": "수식이 비어 있어요.\n예: (x + y) * z.",
    "formula_too_long": "수식이 {count}글자예요. {most}글자까지 쓸 수 있어요.\n더 짧게 쓰세요.",
    "formula_too_many_parts": "수식을 이루는 조각이 {count}개예요. {most}개까지 쓸 수 있어요.\n"
    "더 짧게 쓰세요.",
    "formula_too_deep": "수식의 괄호나 부호가 {most}겹을 넘어요.\n덜 겹치게 쓰세요.",
    "formula_character": "수식에는 {character} ({number}) 문자를 쓸 수 없어요.\n"
    "글자, 숫자, 괄호와 + - * / ** 기호를 쓰세요.",
    "formula_quotes": "수식 안에는 따옴표를 쓰지 않아요: {formula}\n"
    "이름과 숫자를 그대로 쓰세요: x * 2.",
    "formula_compares": "수식 안에서는 비교나 부정을 할 수 없어요: {formula}\n"
    "둘 중 큰 값은 max(x, y)로 쓰세요.",
    "formula_equals": "= : ; 없이 오른쪽 식만 쓰세요: {formula}\n예: (x + y) * z.",
    "formula_caret": "Python에서 ^ 기호는 거듭제곱이 아니에요: {formula}\n이렇게 쓰세요: {instead}.",
    "formula_index": "수식에는 대괄호와 중괄호를 쓸 수 없어요: {formula}\n"
    "x의 원소는 x0, x1처럼 쓰세요.",
    "formula_attribute": "점은 숫자 안에서만 쓸 수 있어요: {formula}\n"
    "np.exp(x)는 exp(x)로, 소수는 0.5처럼 쓰세요.",
    "formula_sign": "이 수식에 모르는 기호가 있어요: {formula}\n"
    "쓸 수 있는 기호는 + - * / ** @ 와 괄호예요.",
    "formula_word": "{word!r}은(는) Python의 예약어라서 수식에 쓸 수 없어요.\n다른 이름을 쓰세요.",
    "formula_times": "곱셈 기호가 빠졌어요: {formula}\n이렇게 쓰세요: {instead}.",
    "formula_unclear": "수식으로 읽을 수 없어요: {formula}\n"
    "괄호를 모두 닫았나요? 기호의 양쪽에 무언가가 있나요?",
    "formula_part": "이 수식에는 쓸 수 없는 부분이 있어요: {formula}\n"
    "숫자, 이름, 괄호, + - * / ** 기호와 정해진 함수만 쓰세요. 소수점은 "
    "점으로 써요: 0.5.",
    "formula_number": "수식의 숫자가 너무 커요: {formula}\n1e308보다 작은 숫자를 쓰세요.",
    "formula_needs_value": "{name}의 값이 없어요.\n값을 주세요: parse(…, {name}=1.0).",
    "formula_extra_value": "{name}의 값은 있는데, 수식 {formula} 안에는 "
    "{name}이(가) 없어요.\n"
    "값을 빼거나 그 이름을 쓰세요.",
    "formula_without_names": "수식 {formula}에는 이름이 없어서 흐를 것이 없어요.\n예: (x + y) * z.",
    "formula_function_name": "{name}은(는) 함수예요.\n무엇에 쓰는지 괄호 안에 적으세요: {name}({inputs}).",
    "formula_e": "e의 값이 없어요.\ne의 x제곱은 exp(x)로 쓰세요.",
    "formula_unknown_function": "{name}(이)라는 함수는 없어요.\n쓸 수 있는 함수: {known}.",
    "formula_inputs": "{name}에는 {expected}가 필요한데 {count}개가 왔어요.\n이렇게 쓰세요: {instead}.",
    # jacobians and sources
    "jacobian_too_large": "이 야코비안 행렬은 {m} × {n}이고 {size}을(를) 차지해요.\n"
    "아무도 이것을 만들지 않아요. backward는 만들지 않고도 이 행렬을 곱해요(슬라이드 57).",
    "jacobian_too_large_square": "이 야코비안 행렬은 {m} × {n}이고 {size}을(를) 차지해요.\n"
    "게이트가 원소별로 계산한다면 대각행렬이라서, 숫자 {n}개면 충분해요.\n"
    "아무도 이것을 만들지 않아요. backward는 만들지 않고도 이 행렬을 곱해요(슬라이드 57).",
    "jacobian_not_a_table": "여기서는 {name}에 대한 야코비안 행렬을 표로 보여 줄 수 없어요.\n"
    "숫자 하나로 끝나는 그래프에서, 게이트 하나가 한 번만 쓰고 들어가는 원소와 나오는 원소가 {most}개 이하인 배열을 고르세요.",
    "jacobian_of_what": "jacobian은 그래프와 이름 하나, 또는 게이트와 숫자를 받아요.\n"
    '예: jacobian(graph, "x"), jacobian(ReluGate(), x).',
    "source_not_found": "{name}의 소스 코드를 읽을 수 없어요.\n"
    "그것을 정의한 셀을 실행한 다음 이 셀을 다시 실행하세요.",
    # pictures
    "no_layout_engine": "Graphviz를 찾지 못해서 그림을 그릴 수 없어요.\n설치하세요: pip install pygraphviz. 여러분의 시스템에 맞는 휠이 없으면 dot 프로그램을 설치하세요:\nconda install graphviz(apt, apk, brew로도 graphviz를 설치할 수 있어요). 그다음 커널을 다시 시작하세요.",
    "layout_failed": "Graphviz는 설치되어 있지만 그림을 그리지 못했어요. 메시지:\n{said}\n다시 설치하세요: pip install --force-reinstall pygraphviz, 또는 dot 프로그램: conda install graphviz. 그다음 커널을 다시 시작하세요.",
    "layout_slow": "Graphviz가 {seconds}초 안에 이 그래프를 그리지 못했어요.\n더 작은 부분을 그리세요.",
    "too_large_to_draw": "이 그래프에는 게이트가 {count}개 있어요. 한 그림에는 {most}개까지 그릴 수 있어요.\n일부만 그리세요.",
    "unknown_palette": "{palette!r}(이)라는 색 조합은 없어요.\n다음에서 고르세요: {known}.",
    "no_folder": "폴더 {folder!r}이(가) 없어요.\n먼저 만들거나 다른 곳에 저장하세요.",
    "digits_range": "digits는 0부터 {most}까지의 정수여야 해요. {given!r}은(는) 쓸 수 없어요.",
    "fold_of_what": "fold에는 접은 것의 이름마다 게이트 목록을 주세요.\n"
    '예: fold={{"σ": ["v5", "v6", "v7", "f"]}}.',
    "picture_kind": "{name!r}만으로는 어떤 그림 파일인지 알 수 없어요.\n이름을 .svg, .png, .dot 중 하나로 끝내세요.",
    "slider_range": "{name}의 범위는 작은 수, 큰 수 순서로 숫자 두 개여야 해요. {given}은(는) 쓸 수 없어요.\n"
    "예: explore(graph, {name}=(-5, 5)).",
    "slider_too_many": "{name}의 원소는 {size}개예요. 움직이는 그림은 원소 {most}개까지만 슬라이더를 만들어요.\n"
    "{name}의 범위를 빼세요.",
    "slider_not_finite": "움직이는 그림에서 {name}은(는) {given}이(가) 될 수 없어요.\n"
    "유한한 숫자를 쓰세요. draw(graph)는 inf와 nan도 보여 줘요.",
    "upstream_of_one_gate": "숫자 하나씩만 다루는 게이트 하나로 된 그래프만 상류 기울기를 "
    "밖에서 받을 수 있어요.\nupstream= 을 빼세요.",
    "slider_shape": "{name}의 형상이 {got}인데, 이 그림에서는 {expected}(이)에요.\n"
    "형상을 바꾸려면 그래프를 새로 만드세요.",
    "page_of_what": "페이지는 움직이는 그림의 목록으로 만들어요. {kind}(으)로는 만들 수 없어요.\n"
    '예: save_page("page.html", [explore(graph)], "My graph").',
    # Networks, data, plots and training.
    "net_sizes": "신경망에는 층의 크기가 둘 이상, 0보다 큰 정수로 필요해요. {given}은(는) 쓸 수 없어요.\n"
    "예: 3, 4, 2는 입력 3개, 은닉 유닛 4개, 출력 2개예요.",
    "examples_shape": "x의 형상이 {x}(이)에요.\n예시마다 숫자를 한 행씩 주세요: 형상 (N, D). 예시가 하나면 x[None]으로 쓰세요.",
    "examples_width": "x의 형상은 {x}인데, 이 신경망은 숫자 {width}개짜리 행을 받아요.\n"
    "예시마다 한 행씩 주세요: 형상 (N, {width}).",
    "net_too_large": "크기가 {sizes}인 신경망에는 매개변수가 {count:,}개나 있어요. 10,000,000개까지 가능해요.\n"
    "유닛을 줄이세요. 마지막 크기는 가장 큰 레이블 더하기 1이에요: 레이블은 0, 1, 2, …",
    "unexpected_shape": "{name}의 형상이 {got}인데 {expected}(이)어야 해요.\n"
    "행렬, 편향, 입력의 형상을 살펴보세요. 열벡터는 (4,)가 아니라 (4, 1)이에요.",
    "unknown_data": "{name!r}(이)라는 데이터는 없어요.\n다음에서 고르세요: {known}.",
    "unknown_activation": "{name!r}(이)라는 활성화 함수는 없어요.\n다음에서 고르세요: {known}.",
    "answers_without_names": "답에는 이름이 있어야 해요.\n이름을 그대로 두세요: {{{example}}}.",
    "unknown_choice": "{name}에 {given!r}은(는) 쓸 수 없어요.\n다음에서 고르세요: {known}.",
    "unknown_setting": "학습에 {name!r}(이)라는 설정은 없어요.\n있는 것: {known}.",
    "setting_whole": "{name}은(는) {least} 이상의 정수여야 해요. {given!r}은(는) 쓸 수 없어요.",
    "setting_number": "{name}은(는) 유한한 숫자여야 해요. {given!r}은(는) 쓸 수 없어요.",
    "training_needs_a_loop": "시작 버튼은 노트북에서만 움직여요.\n프로그램에서는 view.steps(100)을 부르세요.",
    "training_runs": "지금 학습하고 있어요.\n먼저 멈춤을 누르거나 stop()을 부르세요.",
    "fold_is_open": "{label}(으)로 접은 게이트들은 {last}을(를) 거쳐 한 곳으로만 나가야 해요.\n"
    "그런데 접은 게이트 가운데 다른 것도 밖에서 쓰고 있어요. 게이트를 덜 접거나 더 접으세요.",
    "quiz_needs_numbers": "퀴즈는 브라우저가 계산할 수 있는 그래프에만 낼 수 있어요. {why}\n"
    "이 그래프에는 explore(graph)를 쓰세요.",
    "nothing_to_ask": "물어볼 것이 없어요. 가린 선 가운데 그림에 숫자로 보이는 기울기가 흐르는 선이 없어요.\n"
    "출력에 대한 출력 자신의 기울기는 언제나 1이에요.",
    "answer_is_one_number": "{name}의 답은 숫자 하나여야 해요. {given}은(는) 쓸 수 없어요.\n"
    "예: view.answer({name}=-4).",
    "unknown_blank": "이 퀴즈에는 {name!r}(이)라는 빈칸이 없어요.\n있는 빈칸: {known}.",
    "trait_value": "{name}은(는) {given}이(가) 될 수 없어요.\n예전 값을 그대로 둘게요.",
    "point_outside": "x = {x}은(는) 그림 밖이에요.\n{low}부터 {high}까지의 숫자를 쓰세요.",
    "ask_options": "질문에는 답 두 개에서 네 개와, 답마다 이유가 하나씩 필요해요. 지금은 답 {count}개, 이유 {reasons}개예요.",
    "ask_right": "{letter!r}은(는) 답의 글자가 아니에요.\n쓸 수 있는 글자: {known}.",
    "net_view_sizes": "여기서는 2층에서 6층까지, 층마다 유닛 1개에서 10,000개까지 쓸 수 있어요. 입력층이 먼저예요. {given}은(는) 쓸 수 없어요.\n"
    "예: net_view(3, 4, 2).",
    "unknown_animal": "{animal!r}(이)라는 클래스는 없어요.\n있는 클래스: {known}.",
    # Templates.
    "no_hidden_layer": "이 신경망에는 은닉층이 없어서 은닉 유닛도 없어요.\n"
    "은닉층이 있는 것을 쓰세요: train_animals(32).",
    "unknown_middle": "가운데에 {given!r}은(는) 쓸 수 없어요.\n다음에서 고르세요: {known}.",
    "not_that_many": "{name} {given}은(는) 없어요.\n0부터 {last}까지의 정수를 쓰세요.",
    # The lecture for a hall, and its language.
    "unknown_scene": "{name!r}(이)라는 장면은 없어요.\n있는 장면: {known}.",
    "unknown_language": "{language!r} 언어로 쓴 문장은 없어요.\n쓸 수 있는 언어: {known}.",
    "node_is_no_list": "{node}은(는) 길이를 묻거나 반복문을 돌릴 수 없어요. 그래프는 한 번 만들어서 어떤 길이의 배열에도 쓰니까요.\n일부만 고르려면 node[0], 숫자가 필요하면 node.value를 쓰세요.",
    "setting_does_not_fit": "{gate}은(는) 형상 {shape}에 {setting} {given}을(를) 쓸 수 없어요.{hint}\n노드 {node}.",
    "answers_shape": "레이블의 형상은 {got}, 점수의 형상은 {expected}(이)에요.\n점수마다 레이블을 하나씩 주세요.",
    "answer_out_of_range": "레이블 {label}은(는) 0과 1 사이가 아니에요.\n맞으면 1, 아니면 0을 쓰세요.",
}

COUNTS = {"input": ("입력 1개", "입력 {n}개"), "gradient": ("기울기 1개", "기울기 {n}개")}

ANOTHER_GATE = "이 패키지의 게이트나 직접 만든 게이트"  # in place of a NumPy function of a node

NONE = "없음"  # of what is known

ARRAY, ARRAY_OF = "형상이 {shape}인 배열", "{kind} 배열"

AND = ", "

DID_YOU_MEAN = "\n{guess!r}을(를) 쓰려던 건가요?"

PRODUCT_THAT_FITS = "\n안쪽 크기가 서로 같아야 해요. 형상이 맞는 곱: {guess}."

SHAPES_OF = {
    "product": "\n왼쪽의 열 수와 오른쪽의 행 수가 같아야 해요.",
    "number": "\n@ 기호는 행렬과 벡터의 곱이에요. 숫자에는 * 를 쓰세요.",
    "entries": "\n원소별 계산에서는 두 형상을 오른쪽부터 맞춰 볼 때 서로 같거나 1이어야 해요.",
    "batch": "\n행렬 앞의 축들은 오른쪽부터 맞춰 볼 때 서로 같거나 1이어야 해요.",
    "empty": "\n계산할 원소가 없어요.",
}

SETTINGS_OF = {
    "axis": "\n축은 0부터 세요. 끝에서부터 세면 -1이 마지막이에요.",
    "shape": "\n두 형상에 든 숫자의 개수가 같아야 해요. -1 하나는 알아서 채워져요.",
    "index": "\n자리는 축마다 0부터 세요. 끝에서부터 세면 -1이 마지막이에요.",
}
