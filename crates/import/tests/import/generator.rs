//! Texts of any kind from a seed: notices that nobody would write, noise, and broken notices.

const ROUNDS: u64 = 200;

pub(crate) fn rounds() -> u64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "a test may be told to run longer"
    )]
    let asked = std::env::var("MOKUTEKI_FUZZ");
    asked.ok().map_or(ROUNDS, |rounds| rounds.parse().unwrap())
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn one<'t, T: ?Sized>(&mut self, of: &[&'t T]) -> &'t T {
        of[self.below(of.len())]
    }
}

const MARKS: &[&str] = &[
    "",
    "",
    "・",
    "○",
    "• ",
    "- ",
    "１．",
    "2. ",
    "(1)",
    "（３） ",
    "①",
    "③",
    "@ ",
    "B ",
    "◆",
    "一、",
    "ア ",
    "ロ ",
    "第１ ",
    "1-2 ",
    "※",
    "●",
    "\u{FFFD}",
    "?",
    "Ⅱ．",
    "　　・",
    "\t- ",
    "■",
    "3",
];
const BODIES: &[&str] = &[
    "保険給付に必要な利用目的",
    "【健保組合内部での利用に係る事例】",
    "〔他の事業者等への情報提供〕",
    "療養費の審査の委託",
    "健診の案内",
    "その他",
    "個人情報の利用目的",
    "当組合は、次の目的に利用します。",
    "以上",
    "令和7年4月1日",
    "健康保険法（大正11年法律第70号）",
    "ページの先頭へ",
    "安全管理措置",
    "医療費分析・疾病分析の委託・健診の実施",
    "受ける場合",
    "他の事業者等への情報提供を伴うもの",
    "次の業務",
    "課税・非課税情報",
    "－ 3 －",
    "12",
    "に係る",
    "（以下「他機関」",
    "という。）",
    "組合内部での利用    他の事業者等への情報提供",
    "｜内部利用｜外部提供｜",
    "レセプ",
    "ト",
    "",
    " ",
    "】",
    "【",
    "\u{C}",
    "利用目的\t組合内部での利用\t外部への提供",
    "ICT を用いた\u{200B}健康づくり",
    "e\u{301}か\u{3099}",
    "⼈",
    "𠮷野家",
    "🙂",
    "\u{0}",
];
const ENDS: &[&str] = &[
    "\n", "\n", "\n", "\n\n", "", " ", "　", "\t", "     ", "\n\u{C}",
];

pub(crate) fn mixture(random: &mut Random) -> String {
    let parts = random.below(40);
    (0..parts)
        .map(|_| [random.one(MARKS), random.one(BODIES), random.one(ENDS)].concat())
        .collect()
}

pub(crate) fn noise(random: &mut Random) -> String {
    let letters: Vec<char> = "・【】（）()1２①@Aア一の、。\n\r\t 　|利用目的\u{FEFF}\u{FFFD}"
        .chars()
        .collect();
    let length = random.below(120);
    let any = |random: &mut Random| {
        let code = u32::try_from(random.below(0x11_0000)).unwrap();
        char::from_u32(code).unwrap_or('・')
    };
    (0..length)
        .map(|_| match random.below(4) {
            0 => any(random),
            _ => letters[random.below(letters.len())],
        })
        .collect()
}

/// A notice of the corpus with lines dropped, doubled, cut and moved.
pub(crate) fn broken(random: &mut Random, notices: &[String]) -> String {
    let notice = &notices[random.below(notices.len())];
    let mut lines: Vec<String> = notice.lines().map(str::to_owned).collect();
    for _ in 0..random.below(8) {
        let (from, to) = (random.below(lines.len()), random.below(lines.len()));
        match random.below(4) {
            0 => lines.swap(from, to),
            1 => {
                let line = lines[from].clone();
                lines[to] = line;
            }
            2 => lines[from].clear(),
            _ => {
                let keep = random.below(lines[from].chars().count() + 1);
                lines[from] = lines[from].chars().take(keep).collect();
            }
        }
    }
    lines.join(random.one(&["\n", "\n\n", "\r\n", " ", ""]))
}
