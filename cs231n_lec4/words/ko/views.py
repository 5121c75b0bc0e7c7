"""그림과 움직이는 그림: 버튼, 범례, 화면 낭독기가 말하는 것."""

# Pictures: what a screen reader says, the columns of the table beside it, and the legend.
PICTURE = {
    "alt": "계산 그래프. {parts}.",
    "wire": "{name}: 값 {value}, 기울기 {gradient}",
    "wire_without_gradient": "{name}: 값 {value}",
    "branch": "{gate}(으)로 가는 {name}",
    "columns": ("노드", "값", "기울기"),
    "legend_value": "선 위는 값",
    "legend_gradient": "선 아래는 기울기",
    "gates": {"softmax loss": "소프트맥스 손실", "hinge loss": "힌지 손실"},
    "not_finite_value": "순전파에서 {name}이(가) 처음으로 ∞(너무 큰 수)나 NaN(수가 아님)이 되는 값이에요.",
    "not_finite_gradient": "역전파에서 {name}에 대한 {output}의 기울기가 처음으로 ∞(너무 큰 수)나 NaN(수가 아님)이 돼요.",
    "engine_ended": "프로세스가 코드 {code}(으)로 끝났어요",
}

# The live views. {name} and the like are filled in by the browser.
VIEW = {
    "view": "슬라이더가 달린 계산 그래프",
    "reset": "처음으로",
    "nameless": "이 그래프를 가리키던 이름이 이제 다른 그래프를 가리켜요. 이 셀을 다시 실행하세요.",
    "many_sliders": "슬라이더 {count}개",
    "box": "{name}의 값",
    "not_a_number": "“{text}”은(는) 숫자가 아니에요. {name}은(는) {value} 그대로예요. -4, 0.5, 1/2처럼 쓰세요.",
    "too_large": "“{text}”은(는) 너무 커요. {name}은(는) {value} 그대로예요. −1000000부터 1000000까지 쓸 수 있어요.",
    "steps": "단계",
    "step_first": "첫 단계",
    "step_back": "이전",
    "step_next": "다음",
    "step_last": "마지막 단계",
    "step_count": "{all}단계 중 {place}단계",
    "step_keys": "화살표 키로 한 단계씩, Home과 End로 양 끝으로, Escape로 나가요",
    "step_begin": "아직은 입력만 알아요.",
    "step_forward": "순전파: {gate} 게이트가 {node}을(를) 계산해요.",
    "step_start": "역전파는 {of} 자신에 대한 {of}의 기울기에서 시작해요.",
    "step_backward": "역전파: {gate} 게이트가 입력마다 기울기를 보내요.",
    "step_sum": "{node}이(가) 갈라져 있으니 기울기를 더해요.",
    "step_page_ends": "이 페이지는 여기서 끝나요. 이 갱신은 노트북에서 Python이 해요.",
    "step_update": "갱신: 매개변수가 기울기의 반대쪽으로 움직여요.",
    "step_update_overflow": "다음 갱신은 숫자로 쓰기에 너무 커요. 손실이 폭발해요. "
    "뒤로 돌아가거나, 걸음을 줄여서 다시 시작하세요.",
    "step_count_round": "{round}회차, {all}단계 중 {place}단계",
    "step_losses": "회차별 {of}: {losses}",
    "formula": "이 단계의 식",
    "upstream": "상류",
    "local": "국소",
    "downstream": "하류",
    "because": "단,\u00a0",
    "node": "노드",
    "value": "값",
    "gradient": "기울기",
    "picture": "계산 그래프. {parts}.",
    "said_wire": "{name}: 값 {value}, 기울기 {gradient}",
    "said_value": "{name}: 값 {value}",
    "entry": "{name}{place}: 값 {value}, 기울기 {gradient}",
    "entry_paths": "{name}{place}: 값 {value}. 닿는 곳은 {reached}예요. 기울기는 {terms} = {gradient}",
    "entry_value": "{name}{place}: 값 {value}",
    "entry_keys": "{name}, 형상 {shape}. 화살표 키로 원소를 하나씩 볼 수 있어요.",
    "entry_take": "{name}, 형상 {shape}. 화살표 키로 원소를 하나씩 보고, Enter를 누르면 그 원소를 잡아서 움직일 수 있어요.",
    "entry_help": "배열에 마우스를 올리거나 Tab으로 가면 원소를 하나씩 읽을 수 있어요.",
    "jacobian_table": "출력마다 한 행, 입력마다 한 열이에요. 화살표 키로 칸을 옮겨요.",
    "jacobian_product": "Jᵀ · 상류",
    "jacobian_help": "칸에 마우스를 올리거나, Tab으로 표에 가서 화살표 키를 누르세요. ▶를 누르면 다음 열에 상류를 곱해요.",
    "jacobian_slope": "∂{q}/∂{x} = {slope}",
    "jacobian_unused": "∂{q}/∂{x} = 0, 숫자가 무엇이든 그래요. {q}을(를) 만들 때 {x}을(를) 쓰지 않아요.",
    "jacobian_sum": "{x} 열에 상류를 곱해서 더해요. {x}에 대한 {f}의 기울기는 {terms} = {gradient}. 나머지 곱은 0이에요.",
    "waiting": "Python이 아직 답하지 않았어요. 계속 이러면 셀을 다시 실행하세요.",
    "pattern_distributor": "기울기 분배기: 모든 입력이 상류 기울기를 그대로 받아요.",
    "pattern_router": "기울기 라우터: 더 큰 입력이 상류 기울기를 다 받고, 나머지는 0을 받아요.",
    "pattern_switcher": "기울기 스위처: 입력마다 다른 입력의 값에 상류 기울기를 곱해서 받아요.",
    "fit": "그림 전체 보기",
    "fold": "게이트 {count}개를 {label}(으)로 접기",
    "unfold": "{label} 펼치기",
    "ask": "답을 고르는 질문",
    "ask_again": "다시 고르기",
    "grab": "선 위의 {name}",
    "trace": "{input}이(가) 움직일 때의 {output}. 주황색 선의 기울기가 {gradient}이고, 이것이 gradient예요.",
    "trace_alone": "{input}이(가) 움직일 때의 {output}.",
    "held_help": "입력 옆의 파란 숫자를 끌거나, Tab으로 가서 화살표 키를 누르세요. Enter를 누르면 직접 쓸 수 있어요. 작은 숫자는 얼마나 변하는지 보여 줘요. 위는 실제 변화, 아래는 기울기 × 변화예요.",
    "held_help_array": "입력 옆의 파란 숫자를 끄세요. 키보드로는 Tab으로 배열에 가서 화살표 키로 숫자를 고르고, Enter로 잡아요. 그다음 화살표 키로 움직이고, Enter로 직접 쓰고, Escape로 놓아요. 작은 숫자는 얼마나 변하는지 보여 줘요. 위는 실제 변화, 아래는 기울기 × 변화를 모두 더한 거예요.",
    "held_sentence": "{input}이(가) {step}만큼 변해요. {input}에 대한 {output}의 기울기는 {gradient}(이)니까 {gradient} × {factor} = {expected}만큼 변할 거라고 예상해요. 실제로 {output}은(는) {change}만큼 변해요.",
    "held_change": "{input}이(가) {step}만큼 변해요. 실제로 {output}은(는) {change}만큼 변해요.",
    "backward": "역전파",
    "backward_all": "기울기 모두",
    "backward_keys": "누를 때마다 기울기가 게이트 하나를 지나가요. 오른쪽 화살표 키도 같은 일을 해요",
    "listing": "같은 단계를 코드로 본 거예요. 위아래 화살표 키로 줄을 옮겨 다녀요",
    "gate_keys": "{gate} 게이트가 {node}을(를) 계산해요. 위아래 화살표로 게이트를 옮겨요.",
    "pass_forward": "# 순전파",
    "pass_backward": "# 역전파",
    "pass_update": "# 갱신",
    "only_python": {
        "gate": "{gate} 게이트인 {node}은(는) Python만 계산할 수 있어요.",
        "large": "{node}에는 숫자가 {most}개 넘게 있어요. 브라우저에는 너무 많아요.",
        "empty": "{node}은(는) 숫자가 없는 배열이에요. 이런 배열은 Python만 계산해요.",
        "short": "{node}의 숫자는 32비트예요. 이런 숫자는 Python만 계산해요.",
    },
    "as_saved": "여기서는 모든 숫자가 저장할 때 그대로예요.",
    "hands": "손 세기",
    "hands_counted": "{letter}: {count}명 · 모두 {all}명",
}

# The lecture as a page. {minute} and {planned} are numbers of minutes.
DECK = {
    "scenes": "장면",
    "back": "앞 장면",
    "next": "다음 장면",
    "count": "{number} / {all}",
    "minutes": "{minute}분 · 계획 {planned}분",
    "keys": "n, p: 장면 · A–D: 투표 · r: 정답 보기 · ← →: 단계 · t: 학습 · h: 손 세기 · "
    "s: 이 노트 · m: 시계를 이 장면에 맞추기 · f: 전체 화면",
}

VIEW_STATIC = "셀을 실행하면 슬라이더를 움직일 수 있어요. 그래도 슬라이더가 없으면 이 페이지는 움직이는 그림을 허용하지 않는 곳이에요."

# The steps of a pass, as a screen reader says them.
STEPS = {
    "forward": "순전파: {node} = {formula} = {numbers} = {value}.",
    "start": "역전파 시작: {to}에 대한 {of}의 기울기는 1이에요.",
    "backward": "{through}을(를) 지나서: {to}에 대한 {of}의 기울기는 "
    "상류 곱하기 국소, {numbers} = {value}.",
    "sum": "{to}이(가) 갈라져 있으니 {to}에 대한 {of}의 기울기는 합이에요: {numbers} = {value}.",
    "update": "갱신: {to} ← {to} − {rate} · ({to}에 대한 {of}의 기울기) = "
    "{before} − {rate} · {grad} = {after}.",
}

# The same where a graph holds arrays: the lines of code, then what stands on the wire.
CODE_STEPS = {
    "forward": "순전파: {code}. {node}의 값은 {value}(이)에요.",
    "start": "역전파 시작: {code}.",
    "backward": "{through}을(를) 지나서: {code}. {to}이(가) {gradient}을(를) 받아요.",
    "sum": "{to}이(가) 갈라져 있으니 기울기를 더해요: {code}. 합은 {gradient}(이)에요.",
    "update": "갱신: {code}. {to}은(는) 이제 {value}(이)에요.",
}

PAGE_TITLE = "계산 그래프"

EXTRA_SLIDERS = {"upstream": "상류 기울기"}

# The quiz. {label} is one of quiz_label; reasons come from REASONS.
QUIZ = {
    "view": "빈칸이 있는 계산 그래프",
    "quiz": "퀴즈",
    "quiz_check": "확인",
    "quiz_hint": "힌트",
    "quiz_reveal": "정답 보기",
    "quiz_fresh": "새 숫자",
    "quiz_reset": "처음 숫자",
    "quiz_next": "다음 질문",
    "quiz_again": "첫 질문부터 다시",
    "quiz_count": "{all}개 중 {right}개 맞음",
    "quiz_so_far": "지금까지 {all}개 중 {right}개",
    "quiz_done": "{all}개 중 {right}개: 모두 맞았어요",
    "sum_of": "{f}의 합",
    "quiz_label": {
        "size": "{x}.shape[{axis}]",
        "entry": "{x}에 대한 {f}의 기울기",
        "gradient": "{x}에 대한 {f}의 기울기",
        "sum": "{x}에 대한 {f}의 기울기",
        "share": "{x}에 대한 {f}의 기울기 가운데 {through}을(를) 지나는 몫",
        "value": "{x}의 값",
    },
    "quiz_empty": "먼저 그림의 빈칸에 숫자를 쓰세요. Enter를 누르면 확인해요.",
    "quiz_not_a_number": "“{text}”은(는) 숫자가 아니에요. -4, 0.5, 1/2처럼 쓰세요.",
    "quiz_too_large": "“{text}”은(는) 너무 커요. −1000000부터 1000000까지 쓸 수 있어요.",
    "quiz_right": "✓ 맞아요. {label}은(는) {answer}(이)에요.",
    "quiz_rounded": "반올림한 숫자로 계산한 값이에요. 중간에 반올림하지 않으면 {number}(이)에요.",
    "quiz_wrong": "✗ {answer}은(는) {label}이(가) 아니에요.",
    "quiz_nudge": "살짝 밀어 보면: {x}이(가) {step}만큼 변할 때 {f}은(는) {change}만큼 변해요. "
    "뒤의 변화를 앞의 변화로 나누세요.",
    "quiz_look": {
        "size": "{gate} 게이트로 들어오는 형상을 쓰세요: {shapes}.",
        "share": "{through}을(를) 계산하는 {gate} 게이트를 지나는 길만 따라가세요.",
        "sum": "모든 길의 기울기를 더하세요.",
        "value": "{gate} 게이트로 들어오는 선 위의 숫자를 읽으세요.",
    },
    "quiz_hint_lines": {
        "size": [
            "{gate} 게이트로 들어오는 형상은 {shapes}예요.",
            "@은 첫째 인수의 마지막 축을 따라 더하고, 합은 자기 축을 따라 더해요. 그 축은 사라져요. 원소별 계산에서는 길이가 1인 축이 반복돼요.",
        ],
        "entry": [
            "{x}이(가) 닿는 곳은 {reached}예요.",
            "이 하나하나에 대한 {f}의 기울기에, {x}에 대한 그 값의 도함수를 곱하세요.",
            "그 곱들을 더하세요.",
        ],
        "gradient": [
            "상류는 {through}에 대한 {f}의 기울기예요.",
            "{x}에 대한 {gate} 게이트의 국소 기울기는 {local}(이)에요.",
            "둘을 곱하세요.",
        ],
        "share": [
            "상류는 {through}에 대한 {f}의 기울기예요.",
            "이 길에서 {x}에 대한 {gate} 게이트의 국소 기울기는 {local}(이)에요.",
            "둘을 곱하세요.",
        ],
        "sum": [
            "{x}은(는) {count}번 쓰여요. 길마다 상류 · 국소를 구하세요.",
            "선이 갈라진 곳에서는 기울기를 더해요.",
        ],
        "value": ["{gate} 게이트로 들어오는 선 위의 숫자를 게이트에 넣으세요."],
    },
    "quiz_truth": "{label}은(는) {number}(이)에요.",
    "quiz_options": "답",
    "quiz_question": "{all}개 중 {place}번: {label}은(는) 얼마인가요?",
    "quiz_vote": "{letters} 중에서 고르세요.",
    "quiz_talk": "첫 번째 선택: {first}. 옆 사람과 이야기한 다음 다시 고르세요.",
    "quiz_second_vote": "첫 번째 선택: {first}. 두 번째 선택: {second}.",
}
