"""확인 결과, 그리고 답이 왜 틀렸는지."""

# Reports of the checks. A report has at most three lines: the verdict, the numbers, what to do.
REPORTS = {
    "gate_right": "{where}: 맞아요. {names}에 대한 기울기가 살짝 밀어서 잰 값과 같아요.",
    "gate_kink": "{where}: 여기서는 미분할 수 없어요. 꺾인 점이나 두 값이 같은 점에서는 기울기가 하나로 정해지지 않아요.",
    "gate_random": "{where}: 같은 입력인데 forward의 답이 매번 달라요. 난수를 쓰고 있어요.",
    "forgot_self": "{where}: backward가 {names}을(를) 자기 forward가 아니라 노트북에서 가져다 써요.",
    "tie": "두 값이 같은 점에서 몫을 더하면 {yours}인데, 상류 기울기는 {truth}(이)에요.",
    "graph_unmeasured": "여기서는 {names}에 대해 아무것도 잴 수 없어요. 입력을 바꿔 보세요.",
    "gate_unmeasured": "{where}: 여기서는 아무것도 잴 수 없어요. 입력을 바꿔 보세요.",
    "gradient_wrong": "{where}: {name}에 대한 기울기가 맞지 않아요.",
    "graph_right": "맞아요. {names}에 대한 기울기가 살짝 밀어서 잰 값과 같아요.",
    "graph_kink": "여기서는 {names}에 대해 미분할 수 없어요. 꺾인 점이나 두 값이 같은 점에서는 "
    "기울기가 하나로 정해지지 않아요.",
    "answer_right": "{name}: {yours} 맞아요.",
    "answer_rounded": "{name}: {yours} 맞아요. 반올림한 값이고, 더 자세히는 {truth}(이)에요.",
    "answer_rounded_entry": "{name}: 반올림한 값으로 맞아요. {entry}은(는) 더 자세히 {truth}(이)에요.",
    "answer_on_the_way": "{name}: {yours} 맞아요. 슬라이드처럼 중간에 반올림한 값이에요. "
    "정확히는 {truth}(이)에요.",
    "answers_right": "모두 맞아요: {names}.",
    "answer_wrong": "{name}: 기울기는 {yours}이(가) 아니에요.",
    "value_wrong": "{name}: 값은 {yours}이(가) 아니에요.",
    "answer_wrong_array": "{name}: 기울기가 맞지 않아요.",
    "value_wrong_array": "{name}: 값이 맞지 않아요.",
    "answer_kink": "{name}: 여기서는 미분할 수 없어요. 꺾인 점이나 두 값이 같은 점에서는 기울기가 하나로 정해지지 않아요.",
    "not_answered": "{name}: 아직 답이 없어요.",
    "measured": "낸 답은 {yours}, 살짝 밀어서 잰 값은 {truth}(이)에요.",
    "measured_at": "낸 답은 {yours}, 살짝 밀어서 잰 값은 {truth}(이)에요. 입력은 {inputs}, 상류 기울기는 {upstream}.",
    "measured_entry": "{entry}에서 낸 답은 {yours}, 살짝 밀어서 잰 값은 {truth}(이)에요.",
    "computed": "낸 답은 {yours}, 그래프가 계산한 값은 {truth}(이)에요.",
    "computed_entry": "{entry}에서 낸 답은 {yours}, 그래프가 계산한 값은 {truth}(이)에요.",
    "one_sided": "왼쪽으로 밀면 {left}, 오른쪽으로 밀면 {right}, 낸 답은 {yours}(이)에요.",
    "shapes": "낸 답의 형상은 {yours}, 값의 형상은 {truth}(이)에요.",
    "too_large": "{where}: 숫자 {count}개를 하나씩 밀어 보기에는 너무 많아요. 더 작은 배열을 쓰세요.",
    "stopped": "{where}이(가) 도중에 멈췄어요.",
    "no_inputs": "{where}: 계산할 숫자를 주세요. 예: check_gate({where}, 3.0, -4.0).",
    "input_number": "입력 {k}",
    "array": "형상이 {shape}인 배열",
    "yours_entry": "{entry}에서 낸 답은 {yours}(이)에요.",
    # Jacobians.
    "builds_jacobian": "{where}: 기울기는 맞지만, backward가 행렬을 만들어요.",
    "as_a_matrix": "숫자 {n}개에 숫자 {n} × {n}개만큼의 메모리를 써요.",
    # Checks of a net: counts, and functions that a student writes.
    "product_impossible": "{name}: 이 행렬들 가운데 곱할 수 없는 둘이 있어요.",
    "nothing_returned": "{name}이(가) 아무것도 돌려주지 않았어요. return으로 끝내세요.",
    # The checks of notebook 09.
    "shapes_right": "형상이 D_in, H, D_out을 따르고 N이 바뀌어도 그대로예요.",
    "shapes_wrong": "D_in = {D_in}, H = {H}, D_out = {D_out}: N = 4일 때 형상은 {first}, N = 7일 때는 {second}(이)에요.",
    "other_kind_returned": "{name}이(가) 다른 것을 돌려줬어요. 돌려줄 것: {expected}.",
    "called_with": "이렇게 불렀어요: {name}({given}).",
    "other_keys": "{name}: 키가 {keys}(이)에요.",
    # The check of notebook 06.
    "pair_wrong": "({y}, {dz}): y + dz는 {sum}, y * dz는 {product}(이)에요.",
    "pairs_so_far": "지금까지 서로 다른 쌍은 2개 가운데 {count}개예요.",
    "pairs_right": "서로 다른 쌍 {count}개예요. 어느 쌍에서나 고장 난 줄이 맞는 숫자를 내요.",
}

# Why an answer is wrong, said only if this known mistake gives it. First what the number is, then
# what to do. Where two mistakes give it, `two` names both by their first sentences.
REASONS = {
    "two": "이런 답이 나오는 실수는 두 가지예요. 하나: {first} 다른 하나: {second}",
    "forgot_upstream": "국소 기울기만 쓴 값이에요. 상류 기울기를 곱하세요.",
    "forgot_local": "상류 기울기만 쓴 값이에요. 국소 기울기를 곱하세요.",
    "adds_upstream": "국소 기울기에 상류 기울기를 더한 값이에요. 연쇄 법칙은 둘을 곱해요: + 대신 "
    "* 를 쓰세요.",
    "swaps_gradients": "다른 입력의 기울기예요. 둘을 서로 바꾸세요.",
    "slope_at_output": "게이트의 출력에서 미분한 값이에요. 입력에서 미분하세요.",
    "max_gives_value": "max 게이트의 국소 기울기는 큰 쪽에서 1이지, 그 값이 "
    "아니에요. 상류 · 1을 넘겨주세요.",
    "wrong_mask": "기울기가 지나갈 곳은 입력이 정해요. 둘 중 큰 쪽, 또는 x > 0인 쪽이에요. "
    "어느 쪽을 지나가게 했는지 보세요.",
    "transposed": "행과 열이 뒤바뀌었어요. 어느 행렬에 .T가 필요한지, 곱하는 순서가 "
    "맞는지 보세요.",
    "missing_sum": "더하기 전의 항들이에요. 이 입력이 닿는 모든 출력에 대해 "
    "더하세요.",
    "missing_indicator": "여기서는 모든 출력이 모든 행에 얽혀 있어요. i번째 행은 i번째 출력에만 닿아요: "
    "1[k = i]를 넣으세요.",
    "missing_sum_over_broadcast": "브로드캐스트로 되풀이된 값이에요. 되풀이된 축을 따라 "
    "기울기를 더하세요.",
    "mean_instead_of_sum": "평균을 낸 값이에요. 여러 번 쓰인 값의 기울기는 더해요. 합을 쓰세요.",
    "forgot_divide_by_n": "순전파가 평균을 내므로 기울기에는 1/n이 필요해요. "
    "손실의 평균이면 n은 예시의 수, 아니면 원소의 수예요.",
    "norm_not_squared": "노름의 기울기예요. 그래프에는 노름의 제곱이 있고, 그 "
    "기울기는 2x예요.",
    "one_path_of_two": "이 값은 여러 번 쓰이는데 한 길만 셌어요. 모든 길의 "
    "기울기를 더하세요.",
    "overwrote_at_a_branch": "이 값은 여러 번 쓰이는데 마지막 길이 앞의 것을 "
    "덮어썼어요. = 대신 += 를 쓰세요.",
    "half_of_a_path": "제곱을 지나는 길의 기울기가 절반이에요. x²의 미분은 "
    "2x예요.",
    "multiplied_at_a_branch": "여러 길의 기울기를 곱했어요. 선이 갈라진 곳에서는 "
    "기울기를 더해요.",
    "multiplied_at_add": "다른 입력에 상류 기울기를 곱한 값이에요. 그것은 × 게이트의 규칙이에요. 여기는 + 게이트라서 "
    "국소 기울기가 1이에요.",
    "gave_the_sum": "이 값의 기울기 전체예요. 이 갈래의 몫만 쓰세요.",
    "gave_the_value": "선 위의 값이에요. 기울기를 쓰세요.",
    "sign": "부호만 틀렸어요. 빠뜨렸거나 하나 더 붙은 마이너스를 찾으세요.",
    "factor_two": "맞는 숫자의 두 배이거나 절반이에요. 빠졌거나 하나 더 들어간 2를 "
    "찾으세요.",
    "wrong_local": "상류 기울기는 제대로 곱했는데 국소 기울기가 틀렸어요. "
    "한 번 더 구해 보세요.",
    "forgot_self": "self.x = x처럼 forward에서 저장하세요. backward에서는 self.x를 읽으세요.",
    "random": "난수는 한 번만 뽑아서 저장하세요. 그래야 forward와 backward가 같은 난수를 써요.",
    "tie": "두 값이 같으면 한쪽이 다 갖거나 절반씩 나눠 가져요. 양쪽이 다 가지면 너무 많아요.",
    "stale_cache": "backward가 다른 순전파 때의 숫자를 썼어요. 필요한 것은 forward를 할 때마다 "
    "self에 저장하세요.",
    "not_zeroed": "같은 backward인데 두 번째 답이 달랐어요. 기울기는 "
    "= 로 새로 넣고, 예전 값에 더하지 마세요.",
    "wrong_shape": "기울기의 형상은 그 값의 형상과 같아요. 맞을 때까지 더하거나 전치하고, "
    "순서도 확인하세요.",
    "shape_of_value": "두 형상을 비교하세요. 행이 먼저, 열이 그다음이에요. 숫자 하나의 형상은 ()예요.",
    "wrong_count": "기울기를 입력 순서대로 하나씩 돌려주세요.",
    "missing_self": "두 메서드 모두 첫 번째 인수로 self가 필요해요.",
    "changed_in_place": "들어온 배열은 남의 것이에요. 고치지 말고 새 배열을 "
    "만드세요.",
    "stopped": "같은 숫자로 그 코드를 직접 실행해 보고, 멈춘 줄을 읽으세요.",
    "gave_the_gradient": "선 아래의 기울기예요. 값을 쓰세요.",
    "gave_an_input": "게이트의 입력이에요. 게이트를 지나게 하세요.",
    "added": "입력을 더한 값이에요. 게이트의 기호를 보세요.",
    "subtracted": "입력을 뺀 값이에요. 게이트의 기호를 보세요.",
    "multiplied": "입력을 곱한 값이에요. 게이트의 기호를 보세요.",
    "unknown": "상류 · 국소 꼴로 쓰고, 두 인수를 하나씩 예상한 값과 비교하세요.",
    "unknown_number": "한 단계씩 다시 계산해 보세요.",
    "unknown_value": "이 게이트로 들어오는 선을 따라가며 다시 계산해 보세요.",
    "builds_jacobian": "상류 기울기에 대각선을 원소별로 곱하세요. np.diag도, np.eye도, @ 도 필요 없어요.",
    "identity_not_mask": "단위행렬이에요. 대각선은 x > 0인 곳에서만 1이에요.",
    "diagonal_only": "대각선만 센 값이에요. 야코비안 행렬에는 출력마다 행, 입력마다 "
    "열이 있고, 0도 원소예요.",
    "sides_added": "두 변을 더했어요. 행의 수와 열의 수를 곱하세요.",
    "entries_not_bytes": "원소의 수예요. 원소 하나는 float32에서 4바이트, float64에서 8바이트예요.",
    "bits_not_bytes": "비트 수예요. 1바이트는 8비트예요.",
    "other_dtype": "다른 정밀도에서 맞는 값이에요. float32는 4바이트, float64는 8바이트예요.",
    "input_counted": "입력층도 셌어요. 입력층은 x를 담고 있을 뿐, 아무것도 계산하지 않아요.",
    "hidden_only": "은닉층만 셌어요. 출력층에도 뉴런과 가중치가 있어요.",
    "biases_forgotten": "편향이 빠졌어요. 뉴런마다 하나씩 있어요.",
    "input_has_biases": "입력에도 편향을 줬어요. 편향은 뉴런에만 있고, 입력은 뉴런이 아니에요.",
    "one_bias_a_layer": "층마다 편향을 하나씩만 줬어요. 편향은 뉴런마다 따로 있어요.",
    "units_not_weights": "유닛의 수예요. 두 유닛을 잇는 선마다 가중치를 하나씩 세고, 그다음 편향을 세세요.",
    "layers_multiplied": "모든 층을 한꺼번에 곱했어요. 이웃한 층끼리 곱한 다음, 그 곱을 더하세요.",
    "last_layer_forgotten": "마지막 층이 빠졌어요. 그 층에도 가중치와 편향이 있어요.",
    "one_layer": "입력에서 클래스까지 한 층뿐인 선형 분류기예요. 은닉층도 세세요.",
    "max_on_the_input": "max가 엉뚱한 숫자를 봐요. max는 은닉 유닛의 합에 써요.",
    "bias_not_added": "뉴런의 합에는 W @ h 말고도 한 부분이 더 있어요. 뉴런의 모형을 보세요.",
    "no_activation": "꺾이는 곳이 없어요. 활성화 함수가 없으면 행렬들은 행렬 하나와 같아요.",
    "activation_on_output": "출력에도 활성화 함수를 썼어요. 출력에는 필요 없어요. 점수는 음수일 수 있어요.",
    "one_activation_missing": "은닉층 하나에 활성화 함수가 없어요. 둘 다 f가 필요해요.",
    "bias_after_activation": "활성화 함수 다음에 편향을 더했어요. 뉴런은 f 안에서, 합에 편향을 더해요.",
    "max_on_the_weights": "max가 가중치를 봐요. max는 은닉 유닛의 합 W1 @ x에 써요.",
    "mask_in_place_of_max": "0보다 큰 유닛을 1로 셌어요. max(0, ·)는 합을 그대로 남겨요.",
    "upside_down": "0보다 작은 것을 남겼어요. max(0, ·)는 0보다 큰 것을 남겨요.",
    "another_activation": "다른 활성화 함수예요. 문제에서 말한 것을 쓰세요.",
    "max_of_the_output": "max가 출력만 봐요. max는 층과 층 사이, W1 @ x를 감싸는 자리에 있어야 해요.",
    "second_layer_missing": "은닉 유닛까지만 계산했어요. 두 번째 층이 빠졌어요. W2를 곱하세요.",
    "bias_of_another_layer": "다른 층의 편향을 썼어요. h1은 b1, h2는 b2, 출력은 b3을 써요.",
    "sign_of_bias": "편향을 뺐어요. 뉴런은 편향을 더해요.",
    "outputs_only": "출력층만 셌어요. 은닉층에도 뉴런이 있어요.",
    "input_in_place_of_output": "출력 대신 입력을 셌어요. 입력은 뉴런이 아니고 출력은 뉴런이에요.",
    "some_biases_forgotten": "편향이 없는 층이 하나 있어요. 은닉층이든 출력층이든 뉴런마다 하나씩 있어요.",
    "layers_added_first": "곱하기 전에 유닛을 더했어요. 이웃한 두 층마다 따로 곱하세요.",
    "one_number_at_a_time": "max(0, x)와 if, `and`는 숫자 하나씩만 비교해요. 배열에는 np.maximum(0, x)를 쓰세요.",
    "max_along_an_axis": "np.max는 한 배열에서 가장 큰 원소를 찾아요. np.maximum(0, x)는 원소별로 비교해요.",
    "for_one_number": "math 모듈은 숫자 하나만 받아요. 배열에는 np를 쓰세요: np.exp, np.maximum.",
    "entry_by_entry": "형상이 다른 두 배열을 원소별로 계산했어요. 두 형상을 출력해 보세요. @ 나 .T가 "
    "빠졌나요?",
    "function_stops": "작은 행렬로 직접 불러 보고, 멈춘 줄을 읽으세요.",
    "matrices_of_two": "오른쪽에서 왼쪽으로 읽으세요. W1은 x를, W2는 h를 받아요. W1의 행은 은닉 유닛마다 하나예요.",
    "matrices_of_three": "오른쪽에서 왼쪽으로 읽으세요. W1은 x를, W2는 h1을, W3은 h2를 받아요.",
    "batch_as_width": "형상이 N을 따라 바뀌어요. 예시 수가 바뀌어도 가중치는 그대로여야 해요.",
    "rows_are_outputs": "행과 열이 뒤바뀌었어요. 여기서는 x가 왼쪽에 있어요: x @ w1. 그래서 w1의 행은 "
    "입력마다 하나예요.",
    "neighbours_agree": "x @ w1과 h @ w2에서 안쪽 크기가 같아야 해요. w1은 D_in에서 H로, w2는 H에서 D_out으로 가요.",
    "slope_forgotten": "돌아오는 길에 시그모이드를 빠뜨렸어요. grad_h에 그 기울기 h (1 - h)를 곱하세요.",
    "slope_has_two_factors": "시그모이드의 기울기는 두 인수의 곱이에요: h 곱하기 (1 - h).",
    "input_in_place_of_h": "x를 썼어요. 두 번째 층의 입력은 h예요.",
    "not_updated": "예전 가중치예요. 한 걸음 가세요: w - rate * gradient.",
    "uphill": "기울기를 따라가서 손실이 커져요. 반대로 가세요: 더하기 대신 빼기예요.",
    "rate_forgotten": "크기가 1인 걸음이에요. 기울기에 rate를 곱하세요.",
    "step_without_weight": "내려가는 걸음만 있어요. 예전 가중치에 더하세요.",
    "step_to_subtract": "rate * gradient뿐이에요. 예전 가중치에서 빼세요.",
    "gradient_alone": "가중치가 아니라 기울기예요. 새 가중치는 w - rate * gradient예요.",
    "gradient_forgotten": "rate만 빼고 기울기를 빠뜨렸어요. 한 걸음 가세요: w - rate * gradient.",
    "rate_not_used": "걸음이 rate를 따르지 않아요. 숫자 말고 인수를 쓰세요.",
    "sum_not_mean": "예시 수로 나눈 값이에요. 슬라이드 88의 손실은 합이라서 나누지 않아요.",
    "exchanged": "둘의 자리가 바뀌었어요. w1의 것이 먼저, w2의 것이 그다음이에요.",
    "by_heart": "어느 한 신경망의 크기를 그대로 썼어요. 인수 D_in, H, D_out을 쓰세요.",
    "slope_of_tanh": "tanh의 기울기예요. 시그모이드의 기울기는 h (1 - h)예요.",
    "slope_alone": "상류 기울기가 빠졌어요. grad_h에 기울기 h (1 - h)를 곱하세요.",
    "other_keys": '기울기는 "w1"과 "w2" 키로 돌려주세요.',
    "matrices_backward": "배열 옆에 형상을 적어 보세요: x (N, D_in), h (N, H), y_pred (N, D_out), w2 (H, D_out).",
    "updated_too_early": "한 가중치를 이미 바꾼 다음에 다른 기울기를 계산했어요. 두 기울기를 먼저 "
    "계산하고, 그다음 둘 다 갱신하세요.",
    # The checks of notebook 10.
    "largest_in_place_of_sum": "가장 큰 부분만 썼어요. 클래스 점수는 모든 부분의 합이에요.",
    "weights_not_used": "W2를 쓰지 않았어요. h의 점수마다 가중치를 곱한 다음 모두 더하세요.",
    "signs_of_weights_lost": "음수 가중치는 그 클래스가 아니라는 뜻이에요. 부호를 지키세요.",
    "parts_below_zero_lost": "0보다 작은 부분을 뺐어요. 템플릿이 그 클래스를 반대할 수도 있어요. 그것도 더하세요.",
    "activation_on_score": "점수는 음수일 수 있어요. 합 다음에는 max가 없어요.",
    "mean_in_place_of_sum": "부분들의 평균이에요. 클래스 점수는 합이에요.",
    "last_part_alone": "마지막 부분만 썼어요. 클래스 점수는 모든 부분의 합이에요.",
    "weights_exchanged": "가중치의 순서가 바뀌었어요. h[0]에는 W2[0]을, h[1]에는 W2[1]을 곱하세요.",
    "not_summed": "템플릿마다 하나씩인 부분들이에요. 클래스 점수는 그 합이에요.",
    # The checks of notebook 07.
    "probability_not_loss": "정답 클래스의 확률이에요. 손실은 그 값의 -log예요.",
    "log_of_probability": "log p예요. 손실은 -log p예요. 1보다 작은 확률에는 손실이 생겨요.",
    "other_logarithm": "다른 로그예요. 손실에는 자연로그 np.log를 써요.",
    "sum_over_classes": "손실에는 정답 클래스의 -log p만 있어요. 클래스에 대해 더하지 않아요.",
    "right_class_counted": "모든 클래스를 셌어요. 힌지 손실은 틀린 클래스만 더해요.",
    "margin_forgotten": "마진이 빠졌어요. 틀린 클래스마다 손실은 max(0, s - s + 1)이에요.",
    "one_wrong_class": "틀린 클래스 하나만 썼어요. 힌지 손실은 틀린 클래스를 모두 더해요.",
    "mean_over_classes": "힌지 손실은 틀린 클래스에 대한 합이지 평균이 아니에요.",
    "nothing_subtracted": "p예요. 정답 클래스에서는 1을 빼세요.",
    "one_subtracted_everywhere": "정답 클래스에서만 1을 빼요.",
    "right_class_alone": "틀린 클래스에도 기울기가 있어요. 그 클래스의 p예요.",
    "right_class_lost_p": "정답 클래스에서 p가 사라졌어요. 정해진 숫자가 아니라 p에서 1을 뺀 값이에요.",
    "divided_by_entries": "모든 원소의 수로 나눴어요. 손실은 예시에 대한 평균이니, 예시의 수로 나누세요.",
    "right_class_once": "정답 점수는 마진마다 들어 있어요. 열린 마진마다 -1을 받아요.",
    "right_class_forgotten": "정답 점수도 마진마다 들어 있어요. 열린 마진마다 -1을 받아요.",
    "margins_not_ones": "마진의 값이에요. 열린 max 게이트는 그 값이 아니라 1을 넘겨줘요.",
    "lambda_forgotten": "인수 reg가 빠졌어요.",
    "not_differentiated": "W가 아직 제곱이에요. W²의 미분은 2W예요.",
    "penalty_has_no_mean": "규제항은 평균이 아니에요. 데이터 손실만 N으로 나눠요.",
    "penalty_summed": "합을 낸 값이에요. 기울기에는 W의 원소마다 원소가 하나씩 있어요.",
    "one_added": "정답 클래스에서 1을 더했어요. 빼야 해요.",
    "rows_not_entries": "dscores[y]는 행 전체를 골라요. dscores[rows, y]는 행마다 원소 하나를 골라요.",
    "matrices_of_batch": "X는 (N, D), W는 (D, C), scores는 (N, C)예요.",
    "gave_one_minus_p": "어딘가에 1 빼기 p가 있어요. 기울기는 p이고, 정답 클래스에서는 p 빼기 1이에요.",
    "other_class": "다른 클래스에서 1을 뺐어요. 클래스는 0부터 세요.",
    "probability_not_gradient": "손실이에요. 기울기에는 점수마다 숫자가 하나씩 있어요.",
    # The check of notebook 06.
    "sum_not_product": "y를 정한 다음 y + dz = y * dz를 dz에 대해 푸세요.",
    "nearly_equal": "거의 맞아요. 숫자 하나가 반올림되어 있어요. 분수는 Python이 계산하게 하세요.",
    "same_pair": "이 쌍은 이미 있어요. 다른 쌍을 찾으세요.",
    "one_pair": "하나가 더 필요해요.",
    "one_product": "h와 W2에는 템플릿마다 숫자가 하나씩 있어요. 짝을 지어 곱하고 더하세요.",
    "before_is_after": "다른 신경망의 수예요. before는 학습하기 전, after는 학습한 다음이에요.",
    "another_unit": "학습하지 않은 신경망의 유닛이에요. 두 신경망 모두에서, 학습한 신경망의 유닛 번호를 쓰세요.",
}

# The columns of the gradient-check laboratory.
STEP_TABLE = ("h", "전진 차분", "중앙 차분")

RETURNS = {
    "two shapes": "형상 두 개. 예: (2, 3), (3, 1)",
    "pairs": "숫자 쌍의 목록을 주세요. 예: [(3.0, 1.0), (4.0, 1.0)].",
    "scores and penalty": "두 기울기: dscores, dpenalty",
    "two gradients": '두 기울기를 담은 dict: {"w1": grad_w1, "w2": grad_w2}',
    "two weights": "새 가중치 둘: w1, w2",
}
