// Korean particles after a name or a number. The same rules as words/particles.py; the tests run
// both.

const PARTICLES = {
  "은(는)": ["은", "는"],
  "이(가)": ["이", "가"],
  "을(를)": ["을", "를"],
  "과(와)": ["과", "와"],
  "(으)로": ["으로", "로"],
  "(이)에요": ["이에요", "예요"],
  "(이)어야": ["이어야", "여야"],
  "(이)": ["이", ""],
};
const WRITTEN = /은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로|\(이\)에요|\(이\)어야|\(이\)/g;
const SILENT = /[\s'"’”`)\]}>.,:;…|]+$/;
const HANGUL = /[가-힣]$/;
const RIEUL = /[178l]$|le$|(^|[^aeiou])r$/i;
const CONSONANT = /[036mnε⁰¹²³⁴-⁹]$|[mn]e$|ng$|(?![kmgt]ib$)(^|[^aeiou])[aeiou][bckpt]$|(out|type)$/i;

/**
 * The text with one form of each particle.
 * @param {string} text
 */
export function withParticles(text) {
  return text.replace(WRITTEN, (particle, place) => form(particle, text.slice(0, place)));
}

function form(particle, before) {
  const final = finalConsonant(before);
  const afterConsonant = final && !(particle === "(으)로" && final === "ㄹ");
  return PARTICLES[particle][afterConsonant ? 0 : 1];
}

function finalConsonant(text) {
  const heard = text.replace(SILENT, "");
  if (HANGUL.test(heard)) {
    const kind = (heard.charCodeAt(heard.length - 1) - "가".charCodeAt(0)) % 28;
    return kind === 8 ? "ㄹ" : kind ? "ㄱ" : "";
  }
  return RIEUL.test(heard) ? "ㄹ" : CONSONANT.test(heard) ? "ㄱ" : "";
}
