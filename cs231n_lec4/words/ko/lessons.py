"""노트북 하나하나의 말: 지도, 그래프, 신경망, 학습, 템플릿, 여기서 다 잘 되는지."""

# The lecture as a map: file → title and the question that the notebook answers.
MAP = {
    "label": "강의 지도",
    "where": "{slides}쪽 · {minutes}분",
    "parts": {
        "numbers": "숫자 하나씩",
        "matrices": "벡터와 행렬",
        "code": "그래프에서 코드로",
        "networks": "신경망",
        "whole": "강의 전체",
        "after": "강의 다음에",
    },
    "stops": {
        "00_start_here": (
            "0 · 여기서 시작해요",
            "이 강의는 왜 필요하고, 이 노트북들은 어떻게 쓸까요?",
        ),
        "01_computational_graphs": ("1 · 계산 그래프", "기울기는 무엇을 말할까요?"),
        "02_sigmoid_neuron": ("2 · 시그모이드 뉴런", "작은 게이트로 어디까지 갈 수 있을까요?"),
        "03_gate_patterns": ("3 · 게이트의 패턴", "게이트마다 기울기를 어떻게 바꿀까요?"),
        "04_jacobians": ("4 · 야코비안 행렬", "벡터의 미분은 얼마나 클까요?"),
        "05_matrix_gradients": ("5 · 행렬의 기울기", "전치는 어디에서 나올까요?"),
        "06_forward_backward_api": ("6 · 코드로 쓰는 순전파와 역전파", "게이트는 어떻게 만들까요?"),
        "07_losses_as_graphs": ("7 · 그래프로 보는 손실 (실습)", "기울기는 어떻게 확인할까요?"),
        "08_neural_networks": ("8 · 신경망", "신경망에는 왜 비선형 함수가 필요할까요?"),
        "09_training_a_two_layer_net": (
            "9 · 2층 신경망의 학습",
            "기울기로 신경망을 어떻게 학습시킬까요?",
        ),
        "10_templates": ("10 · 템플릿 (실습)", "첫 번째 행렬의 행들은 무엇을 찾을까요?"),
        "11_your_own_engine": (
            "11 · 마흔 줄로 쓰는 나만의 엔진",
            "라이브러리 안에는 무엇이 있고, 왜 거꾸로 걸을까요?",
        ),
        "12_to_pytorch_and_the_assignment": (
            "12 · PyTorch와 과제로 가는 길",
            "PyTorch의 학습 루프와 과제는 어떻게 읽을까요?",
        ),
        "lecture": ("강의실에서 하는 강의", "수업에서 어떻게 보여 줄까요?"),
    },
}

PLOTS = {
    "downhill": {
        "x": "가중치 w1",
        "y": "가중치 w2",
        "title": "지형으로 본 손실",
        "start": "출발",
        "lowest": "가장 작은 손실",
        "alt": "두 가중치 위의 지형. 손실이 작을수록 어두워요. 작은 걸음 {steps}번으로 이은 길이 "
        "손실 {first}에서 {last}까지 내려가요.",
    },
    "loss": {
        "x": "걸음",
        "y": "손실",
        "guessing": "찍기",
        "curve": "{name}: {first}에서 {last}까지.",
        "alt": "{steps}걸음 동안의 손실, 로그 눈금. {curves}",
    },
    "boundary": "신경망의 답을 나타낸 지도: 클래스 {classes}개, 점 {points}개, 그중 {percent}%가 "
    "자기 클래스 쪽에 있어요. 가는 선은 은닉 유닛의 합이 0인 곳이에요.",
    "features": {
        "angle": "각도",
        "alt": "같은 점을 두 번 그렸어요. x1과 x2로는 고리 안의 원판이고, r과 각도로는 나란한 띠 둘이에요. "
        "직선 하나가 그 둘을 나눠요.",
    },
    "sizes": {
        "weights": "가중치",
        "grads": "기울기",
        "layer": "{number}층",
        "part": "{k}층: 가중치 {weight}, 기울기 {grad}.",
        "alt": "층마다 가중치와 기울기의 길이. {parts}",
    },
    "activation": {
        "slope": "도함수",
        "alt": "{name}과(와) 그 도함수. x = {x}에서 값은 {value}, 기울기는 {slope}(이)에요.",
    },
    "matrix": "행이 {rows}개, 열이 {columns}개인 행렬을 색칸으로 나타낸 그림. 0이 아닌 원소는 {filled}개예요.",
    "sides": " 위에서부터 행: {rows}. 왼쪽부터 열: {columns}.",
    "images": "작은 이미지 {count}장. {titles}",
    "seeds": {
        "y": "평가 정확도",
        "part": "{name}: 평균 {mean}, {low}에서 {high}까지.",
        "alt": "점 하나가 시드 하나예요. {parts}",
    },
}

# "Does everything work here?": for each item what is right, and what is wrong and what to do.
SETUP = {
    "python": (
        "Python 버전이 충분해요.",
        "지금은 Python {version}인데 3.10 이상이 필요해요. 새 Python을 설치하고 make lab을 다시 실행하세요.",
    ),
    "packages": (
        "패키지가 모두 설치되어 있어요.",
        "없는 패키지가 있어요: {missing}. JupyterLab을 닫고 make lab으로 시작하세요.",
    ),
    "picture": (
        "그림이 그려져요.",
        "그림이 그려지지 않아요. {said}",
    ),
    "numbers": (
        "그래프가 강의의 숫자를 계산해요.",
        "그래프가 틀린 숫자를 계산해요: {found}. 파일을 다시 받고 make lab을 실행하세요.",
    ),
    "ask_browser": "△ 브라우저가 아직 답하지 않았어요. 이 셀을 실행하세요. 이 줄이 그대로면 페이지를 새로 고치고 셀을 "
    "다시 실행하세요.",
    "browser": "✓ 이 브라우저에서 움직이는 그림이 잘 돼요.",
    "kernel": "✓ 그림에서 한 일이 Python에 닿고, 답이 돌아와요.",
    "no_kernel": "△ Python이 아직 브라우저에 답하지 않았어요. 커널을 다시 시작하고 셀을 다시 실행하세요.",
}

# The shopping graph: what its inputs and its last two gates are called.
SHOPPING = {
    "apples": "사과_개수",
    "apple": "사과_값",
    "oranges": "귤_개수",
    "orange": "귤_값",
    "tax": "소비세",
    "cost": "과일_값",
    "total": "낼_돈",
}

TRAINING = {
    "page_keeps": "이 페이지에서는 은닉 유닛 수, 층 수, 활성화 함수가 그대로예요. 노트북에서는 이것들도 고를 수 있어요.",
    "needs_python": "이 숫자들은 Python이 계산해요. 여기서는 저장될 때 그대로예요.",
    "panels": ("신경망의 답", "걸음마다의 손실", "가중치와 기울기의 길이"),
    "alt": "학습, {step}걸음. 손실은 {loss}, 0걸음에서는 {first}, 클래스 {classes}개 중에서 찍으면 "
    "ln {classes} = {guessing}. 점의 {percent}%가 자기 클래스 쪽에 있어요. "
    "층마다 가중치의 길이: {weights}; 기울기의 길이: {grads}.",
    "status": "{step}걸음 · 손실 {loss} · {percent}% 맞음 · 0걸음의 손실은 {first}; "
    "찍으면 ln {classes} = {guessing}",
    "status_in_class": "{step}걸음 · 손실 {loss} · {percent}% 맞음",
    "line": "{step}걸음: 손실 {loss}, {percent}% 맞음",
    "view": "작은 신경망의 학습",
    "controls": {
        "data": "데이터",
        "hidden": "은닉 유닛 수(H)",
        "layers": "층",
        "activation": "활성화 함수",
        "rate": "학습률",
        "regularisation": "규제(정규화)",
        "pace": "그림마다 걸음 수",
    },
    "choice_names": {
        "layers": {1: "1 (선형)", 2: "2", 3: "3"},
        "data": {"circles": "원판과 고리", "spirals": "나선", "xor": "XOR"},
        "activation": {"none": "없음"},
    },
    "start": "시작",
    "step": "한 걸음",
    "stop": "멈춤",
    "reset": "같은 가중치로 다시",
    "started": "학습하고 있어요.",
    "stopped": "{step}걸음에서 멈췄어요. 가중치는 모두 이 걸음의 값이에요.",
    "interrupted": "중단했어요. 가중치는 모두 {step}걸음의 값이에요.",
    "finished": "{step}걸음에서 쉬고 있어요. 시작을 누르면 계속해요.",
    "was_reset": "0걸음이에요. 처음 가중치는 전과 같아요.",
    "new_net": "다른 신경망의 0걸음이에요. 시작을 누르면 학습해요.",
    "diverged": "{step}걸음 다음에 손실이 폭발해요. 이 학습률로는 한 걸음에 골짜기를 뛰어넘어요. "
    "{step}걸음의 신경망을 그대로 두었어요. 학습률을 줄이고 ‘같은 가중치로 다시’를 누르세요.",
    "static": "셀을 실행하면 학습할 수 있어요.",
    "guess": "ln {classes}: 찍기",
}

# The live Jacobian. {n} and {entries} are counts with commas, {memory} and {direct} are sizes in float32.
JACOBIAN = {
    "view": "ReLU의 야코비안 행렬",
    "sizes": "x의 원소 수:",
    "shift": "모든 x에 더할 값",
    "counter": "{n} × {n} = 원소 {entries}개, float32로 {memory}. 0이 아닌 원소: {ones}개.",
    "counter_only": "{n} × {n} = 원소 {entries}개, float32로 {memory}.",
    "alt": "ReLU의 야코비안 행렬, 행 {n}개, 열 {n}개: 대각선에 1이 {ones}개, 나머지는 모두 0.",
    "alt_not_built": "빈 정사각형: 행 {n}개, 열 {n}개인 야코비안 행렬은 만들지 않아요.",
    "axes": "행 i: 출력 z[i], 열 j: 입력 x[j]",
    "not_built": "만들지 않음",
    "sides": ("출력 i", "입력 j"),
    "jacobian_columns": ["i", "x", "상류", "Jᵀ · 상류", "상류 · (x > 0)"],
    "more_rows": "{n}행 가운데 처음 {rows}행이에요.",
    "both_ways": "행렬로: 곱셈 {entries}번. 바로: {n}번. 가장 큰 차이: {off}.",
    "costs": [
        "행렬을 만들면 {memory}이(가) 필요해요. 원소 {entries}개 가운데 0이 아닐 수 있는 것은 많아야 {n}개예요.",
        "바로 계산하는 식 상류 · (x > 0)은 곱셈 {n}번이면 되고, 답을 담는 데 {direct}이(가) 필요해요.",
    ],
}

# The memory of a table, from bytes on, each unit 1024 of the one before.
MEMORY = ("{size}바이트", "{size} KiB", "{size} MiB", "{size} GiB", "{size} TiB", "{size} PiB")

ACTIVATIONS = {
    "view": "활성화 함수와 도함수",
    "slider": "x, 활성화 함수로 들어가는 합",
    "box": "x의 값",
    "value": "값",
    "slope": "도함수",
    "flat": "도함수가 {limit}보다 작아요: 기울기가 사라져요",
    "caption": "{name} = {formula}",
    "numbers": "값 {value}, 도함수 {slope}",
    "numbers_in_class": ("● {value}", "■ {slope}"),
    "sentence": "x = {x}에서 도함수가 {limit}보다 작은 것: {names}.",
    "sentence_none": "x = {x}에서 도함수가 {limit}보다 작은 것은 없어요.",
    "not_a_number": "“{text}”은(는) {low}에서 {high} 사이의 숫자가 아니에요.",
    "chain": "시그모이드 네 개를 이으면: 기울기가 얼마나 남을까요",
    "chain_columns": ("", "첫째 σ", "둘째 σ", "셋째 σ", "넷째 σ"),
    "chain_output": "출력",
    "chain_slope": "그 도함수",
    "chain_left": "여기까지 x에 대한 기울기",
    "row": "{name}: 값 {value}, 도함수 {slope}",
    "static": "셀을 실행하면 x를 움직일 수 있어요.",
}

NET_PICTURES = {
    "net": "{sizes}: 뉴런 {neurons}개,\n가중치 {weights} + 편향 {biases} = 매개변수 {parameters}개",
    "uncounted": "층마다 유닛이 {sizes}개인 신경망. 유닛마다 다음 층의 모든 유닛과 이어져 있어요.",
    "input": "입력\n{size}",
    "hidden": "은닉\n{size}",
    "output": "출력\n{size}",
}

# The live net. `rows` and `notes` belong together; "?" stands for what is to be predicted.
NET_VIEW = {
    "view": "층을 바꿀 수 있는 신경망",
    "input": "입력",
    "hidden": "은닉 {k}",
    "output": "출력",
    "depth": "은닉층 수",
    "box": "{name}: 개수",
    "reset": "처음 신경망으로",
    "show": "개수 보기",
    "rows": {
        "neurons": "뉴런",
        "weights": "가중치",
        "biases": "편향",
        "parameters": "매개변수",
    },
    "notes": {
        "neurons": "입력층은 세지 않아요",
        "weights": "연결마다 하나",
        "biases": "뉴런마다 하나",
        "parameters": "가중치와 편향",
    },
    "unknown": "?",
    "named": "{layers}층 신경망, 또는 은닉층이 {hidden}개인 신경망이라고 해요.",
    "named_linear": "은닉층이 없는 1층 신경망, 곧 선형 분류기예요.",
    "first_line": "{sizes}. {name}",
    "line": "{row}: {sum} = {total} ({note})",
    "short_line": "{row}: {total} ({note})",
    "alt": "층마다 유닛이 {sizes}개인 신경망. 유닛마다 다음 층의 모든 유닛과 이어져 있어요.",
    "said": "{sizes}. 뉴런 {neurons}, 가중치 {weights}, 편향 {biases}, 매개변수 {parameters}. {named}",
    "not_a_number": "“{text}”은(는) 숫자가 아니에요. {name}은(는) {value} 그대로예요. 100처럼 정수를 쓰세요.",
    "too_large": "“{text}”은(는) 너무 커요. {name}은(는) {value} 그대로예요. 10,000까지의 정수를 쓰세요.",
    "out_of_range": "{name}은(는) {value} 그대로예요. {low}부터 {high}까지의 정수를 쓰세요.",
}

# The neuron beside its model. One row for each part: in the cell, in the model, and which part it is.
NEURON = {
    "cell": ("다른 세포의\n축삭", "시냅스", "가지돌기", "세포체", "축삭"),
    "model": ("입력 x", "가중치 w", "선 w·x", "합과 편향", "출력 f(…)"),
    "unknown": "?",
    "alt": "위는 신경 세포를 그린 그림, 아래는 뉴런의 모형. 서로 대응하는 부분이 위아래로 "
    "놓여 있어요: {parts}. 활성화 함수 f는 합과 출력 사이에 있어요.",
    "alt_part": "{cell} – {model}",
    "alt_hidden": "위는 신경 세포를 그린 그림. 다른 세포의 축삭이 가지돌기의 "
    "시냅스에서 끝나고, 가지돌기는 세포체로 이어지고, 세포체에서 나온 축삭은 갈라져요. 아래는 뉴런의 모형이고, "
    "이름을 붙일 다섯 곳에 물음표가 있어요.",
    "answer": "답",
}

TEMPLATES = {
    "view": "몸을 돌리는 말과 템플릿의 점수",
    "slider": "말이 보는 방향",
    "ends": ["왼쪽", "오른쪽"],
    "middles": "가운데에는:",
    "half": "반반씩",
    "front": "정면에서 본 진짜 말 {fronts}마리의 평균",
    "picture": "말의 그림. {place}.",
    "places": {
        "left": "왼쪽을 봐요",
        "towards_left": "왼쪽과 가운데 사이예요",
        "middle": "가운데예요",
        "towards_right": "가운데와 오른쪽 사이예요",
        "right": "오른쪽을 봐요",
    },
    "two": "템플릿 둘",
    "one": "템플릿 하나",
    "rows": {
        "left": "h[0] = max(0, 0번 행 · x)",
        "right": "h[1] = max(0, 1번 행 · x)",
        "score": "W2 h = h[0] + h[1]",
        "single": "평균 말 · x",
    },
    "cut": "max(0, ·) 전에는: {sum}",
    "line": "말이 {place}: h = ({left}, {right}), W2 h = {score}; 템플릿 하나일 때: {single}.",
    "both": "두 점수가 모두 0보다 커요. ReLU는 아무것도 바꾸지 않고, W2 W1도 템플릿 하나예요.",
    "one_off": "ReLU가 한 점수를 0에서 잘라요. 템플릿 하나로는 할 수 없는 일이에요.",
    "both_off": "ReLU가 두 점수를 모두 0에서 잘라요. 신경망은 여기에 말이 없다고 봐요.",
}

# The classes of the animals, by what code calls them.
ANIMALS = {
    "bear": "곰",
    "bird": "새",
    "cat": "고양이",
    "cow": "소",
    "dog": "개",
    "elephant": "코끼리",
    "giraffe": "기린",
    "horse": "말",
    "sheep": "양",
    "zebra": "얼룩말",
}

UNITS = {
    "view": "은닉 유닛, 학습한 다음과 학습하기 전",
    "units": "은닉 유닛:",
    "unit": "은닉 유닛 {unit}",
    "images": "이미지 x:",
    "nets": ["학습한 다음", "학습하기 전"],
    "row": "W1의 {unit}번 행",
    "h": "h[{unit}] = max(0, 행 · x) = {h}",
    "columns": ["클래스", "W2의 가중치", "", "h · 가중치", "점수"],
    "favourites": "모든 클래스에서 가장 좋아하는 25장: {counts}",
    "count": "{name} {count}",
    "line": "은닉 유닛 {unit}, 이미지 {image}: h는 학습한 다음 {trained}, 학습하기 전 {untrained}",
    "more": "유닛 {unit}: 좋아하는 25장 중 {count}장이 {name} 클래스예요. 학습하기 전에는 어느 클래스도 "
    "{most}장을 넘지 않았어요. 이 차이는 학습이 만들었어요. 여기서, 이 시드에서는 그래요.",
    "little": "유닛 {unit}: 좋아하는 25장 중 {count}장이 {name} 클래스예요. 학습하기 전에는 한 클래스가 "
    "{most}장이었어요. 이만한 차이는 우연일 수 있어요. 아무것도 증명하지 못해요.",
    "nothing": "유닛 {unit}: 좋아하는 25장 중 {count}장이 {name} 클래스예요. 학습하기 전에는 한 클래스가 "
    "{most}장이었어요. 학습하지 않은 유닛에서도 보이는 것은 아무것도 증명하지 못해요.",
}

# What many seeds of one small net give.
SEEDS = (
    "{data}, 은닉 유닛 {hidden}개, {steps}걸음: {low:.0%}에서 {high:.0%}까지 맞음; "
    "시드 {seeds}개 중 {count}개가 {enough:.0%} 이상"
)

PREDICT = {
    "first": "먼저 예상을 적으세요. None 자리에 숫자를 쓰거나 따옴표 안에 말을 쓰고, 이 셀을 다시 실행하세요.",
    "yours": "예상한 것: {prediction}",
}

PASSES = {
    "forward": "순방향 {number}: {name}",
    "reverse": "역방향 1: f",
    "counter": "걸은 횟수: {passes} · 곱셈: {products} · 아는 기울기: {all}개 중 {known}개 ({gradients})",
}

THREE_WAYS = ("줄 수", "기호: x", "수치: 오차", "게이트", "자동: 오차")

# Notebook 12: a package that is missing.
OPTIONAL = (
    "여기에는 {name}이(가) 설치되어 있지 않아서 `if {name}`이(가) 있는 셀은 아무 일도 하지 않아요. "
    "실행해 보려면 셀에 %pip install {name}을(를) 써서 실행하고, 커널을 다시 시작하세요."
)
