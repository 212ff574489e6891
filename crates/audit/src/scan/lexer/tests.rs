use super::*;

/// The tokens of a text, and in `#…#` its comments.
fn said(path: &str, text: &str) -> (Vec<String>, Vec<String>) {
    let lexed = lex(language::of(path, text).unwrap(), text);
    let mut tokens = Vec::new();
    for piece in &lexed.pieces {
        for token in &piece.tokens {
            let said = token.said(&piece.text).to_owned();
            match token.kind {
                Kind::Text => tokens.push(format!("\"{said}\"")),
                Kind::End => tokens.push("END".to_owned()),
                _ => tokens.push(said),
            }
        }
        for command in &piece.commands {
            let words: Vec<&str> = command
                .words
                .iter()
                .map(|word| word.text.as_str())
                .collect();
            tokens.push(words.join("_"));
        }
    }
    let comments = lexed
        .comments
        .iter()
        .map(|range| text.get(range.clone()).unwrap().to_owned())
        .collect();
    (tokens, comments)
}

fn tokens(path: &str, text: &str) -> String {
    said(path, text).0.join(" ")
}

fn comments(path: &str, text: &str) -> Vec<String> {
    said(path, text).1
}

#[test]
fn a_sign_of_a_comment_in_a_text_begins_none() {
    for (path, text, expected) in [
        ("A.java", "a(\"// x\"); // y", "// y"),
        ("A.java", "a('\"'); // y", "// y"),
        ("A.java", "a = \"\"\"\n// x\n\"\"\"; // y", "// y"),
        ("A.cs", "a = @\"c:\\\"; // y", "// y"),
        ("a.py", "a = r'\\'' # x'\nb = '#' # y", "# y"),
        ("a.rs", "let a: &'a str = r#\"// x\"#; // y", "// y"),
        ("a.ts", "a = /[/\"]/; // y", "// y"),
        ("a.ts", "a = `// ${b // y\n}`;", "// y"),
        ("a.sql", "a = '-- it''s' -- y", "-- y"),
        ("a.sh", "a='# x' b#c # y", "# y"),
        ("a.yaml", "a: \"# x\" # y", "# y"),
        ("a.kt", "/* a /* b */ c */ d", "/* a /* b */ c */"),
    ] {
        let found = comments(path, text);
        assert_eq!(
            found.last().map(String::as_str),
            Some(expected),
            "{text}: {found:?}"
        );
        assert!(found.len() <= 2, "{text}: {found:?}");
    }
}

#[test]
fn a_text_is_one_token_whatever_stands_in_it() {
    assert_eq!(tokens("A.java", "a(\"b \\\" c\")"), "a ( \"b \\\" c\" )");
    assert_eq!(
        tokens("A.cs", "a(@\"\\\\nas\\in\")"),
        "a ( \"\\\\nas\\in\" )"
    );
    assert_eq!(
        tokens("a.ts", "a(`x${b.c()}y`)"),
        "a ( \"x\" b . c ( ) \"y\" )"
    );
    assert_eq!(
        tokens("a.rb", "a <<~SQL, b\n  c\nSQL\nd"),
        "a <<~SQL , b \"  c\n\" END d"
    );
    assert_eq!(
        tokens("a.php", "<p>a</p><?php b($c); ?>"),
        "b ( c ) ; < p > < / p >"
    );
}

#[test]
fn columns_of_cobol_are_no_code() {
    let fixed = &format!("000100* WRITE A\n{:<72}12345678\n", "000200     WRITE B.");
    assert_eq!(tokens("a.cbl", fixed), "WRITE B .");
    assert_eq!(comments("a.cbl", fixed), ["000100* WRITE A"]);
    assert_eq!(tokens("a.cbl", "write b *> write c\n"), "write b");
}

#[test]
fn commands_are_what_a_shell_would_run() {
    assert_eq!(
        tokens("a.sh", "a b | c -d 'e f' && g \"$(h i)\"\n"),
        "a_b c_-d_e f h_i g_$"
    );
    assert_eq!(tokens("a.sh", "a \\\n  b\nc <<EOF\nd e\nEOF\nf"), "a_b c f");
    assert_eq!(
        tokens("a.bat", "rem a b\ncall c.exe d^\n e & f"),
        "call_c.exe_d_e f"
    );
    assert_eq!(tokens("Makefile", "a: b\n\t@c d \\\n\t  e\n# f\n"), "c_d_e");
    assert_eq!(
        tokens(
            "Dockerfile",
            "FROM a\nRUN b c && \\\n    d\nCMD [\"e\", \"f g\"]\n"
        ),
        "b_c d e_f g"
    );
    let yaml = "a:\n  run: b c # d\n  script: |\n    e f\n    g\n  command: [h, -i]\n";
    assert_eq!(tokens("a.yaml", yaml), "b_c e_f g h_-i");
}

/// Whatever stands in a file, each lexer comes to its end and stays in the text.
#[test]
fn nothing_that_is_cut_off_stops_a_lexer() {
    let parts = [
        "\"", "'", "/*", "`${", "<<EOF\n", "<script>", "<%", "(", "{", "}", "\\", "#", "あ",
        "\r\n", "$(", "-- ", "run: |\n", "[", "@\"", "r#\"", "=begin\n", "\t",
    ];
    for at in 0..language::all().len() {
        for one in parts {
            for other in parts {
                let text = format!("a{one}b{other}c");
                let lexed = lex(at, &text);
                for piece in &lexed.pieces {
                    assert!(
                        piece
                            .tokens
                            .iter()
                            .all(|token| token.end() <= piece.text.len())
                    );
                }
                assert!(
                    lexed
                        .comments
                        .iter()
                        .all(|range| text.get(range.clone()).is_some())
                );
            }
        }
    }
}
