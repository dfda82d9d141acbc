// Exact sums on the page, for looking only: the server computes what counts (ROUND_HALF_UP at each line).
const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "万亿"];

// A typed number as {units, scale}, or null where it is none. Full-width digits count, anything exotic does not.
export function decimal(text) {
  const plain = (text ?? "").trim().replace(/[０-９．]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0));
  const parts = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(plain);
  if (!parts) return null;
  const fraction = parts[2] ?? "";
  return { units: BigInt(parts[1] + fraction), scale: fraction.length };
}

// quantity × price in cents, half up.
export function cents(quantity, price) {
  const scale = quantity.scale + price.scale;
  const product = quantity.units * price.units;
  if (scale <= 2) return product * 10n ** BigInt(2 - scale);
  const divisor = 10n ** BigInt(scale - 2);
  return (product + divisor / 2n) / divisor;
}

export function shown(amount) {
  const text = amount.toString().padStart(3, "0");
  return `${text.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",")}.${text.slice(-2)}`;
}

function four(number) {
  let words = "", gap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(number / 10 ** place) % 10;
    if (digit === 0) { gap = words !== ""; continue; }
    words += (gap ? "零" : "") + DIGITS[digit] + PLACES[place];
    gap = false;
  }
  return words;
}

function whole(yuan) {
  let words = "", gap = false;
  for (let group = GROUPS.length - 1; group >= 0; group -= 1) {
    const part = Number((yuan / 10n ** BigInt(4 * group)) % 10000n);
    if (part === 0) { gap = words !== ""; continue; }
    words += (words && (gap || part < 1000) ? "零" : "") + four(part) + GROUPS[group];
    gap = false;
  }
  return words;
}

// 人民币肆万肆仟柒佰叁拾元整
export function capital(amount) {
  const yuan = amount / 100n, jiao = Number((amount / 10n) % 10n), fen = Number(amount % 10n);
  if (amount === 0n) return "人民币零元整";
  let words = yuan ? `${whole(yuan)}元` : "";
  if (jiao) words += `${DIGITS[jiao]}角`;
  else if (fen && yuan) words += "零";
  words += fen ? `${DIGITS[fen]}分` : "整";
  return `人民币${words}`;
}
