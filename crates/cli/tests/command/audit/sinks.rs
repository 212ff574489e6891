//! Places where data leaves, through the real command.

use super::{
    GOOD,
    register::{self, told, tree},
};

/// The exit and the findings of a tree with one marked flow, `more` in its register, and one more file.
fn audit(name: &str, more: &str, file: (&str, &str)) -> (i32, Vec<String>) {
    let register = format!("{GOOD}code = \"src\"\n{more}");
    let files: [(&str, &[u8]); 3] = [
        ("mokuteki.toml", register.as_bytes()),
        ("src/a.rs", b"// mokuteki: review\n"),
        (file.0, file.1.as_bytes()),
    ];
    let folder = tree(&format!("sinks/{name}"), &files);
    let out = register::audit(&folder, &["--format", "json"]);
    (out.status.code().unwrap(), told(&out))
}

#[test]
fn a_sink_of_each_language_without_a_marker_is_told_and_with_one_is_not() {
    for (file, line, comment) in [
        ("A.java", "client.newCall(request).execute();", "//"),
        ("A.kt", "File(path).writeText(csv)", "//"),
        ("A.cs", "await http.PostAsync(url, body);", "//"),
        ("A.cbl", "000200     WRITE CLAIM-RECORD.", "000100*"),
        ("a.py", "requests.post(url, json=claim)", "#"),
        ("b.rs", "ureq::post(url).send_json(claim)?;", "//"),
        ("a.ts", "await fetch(url, { method: \"POST\" });", "//"),
        ("a.sql", "INSERT INTO claims@vendor SELECT 1 FROM c;", "--"),
        ("a.sh", "curl -d @claims.json \"$url\"", "#"),
    ] {
        let path = format!("x/{file}");
        let (exit, said) = audit("bare", "", (&path, &format!("\n{line}\n")));
        let expected = vec![format!("{path}:2 sink-without-marker")];
        assert_eq!((exit, said), (2, expected), "{file}");
        let marked = format!("{comment} mokuteki: exempt test data only\n{line}\n");
        let (exit, said) = audit("marked", "", (&path, &marked));
        assert_eq!((exit, said), (0, Vec::new()), "{file}");
    }
}

#[test]
fn the_register_chooses_how_near_and_which_presets() {
    let far = |lines: usize| {
        let blank = "\n".repeat(lines);
        format!("# mokuteki: review{blank}requests.post(a, b)\n")
    };
    let bare = |said: &[String]| {
        said.iter()
            .filter(|one| one.contains("sink-without"))
            .count()
    };
    let (_, said) = audit("far", "", ("src/x.py", &far(11)));
    assert_eq!(bare(&said), 1, "eleven lines away");
    let (exit, said) = audit("near", "", ("src/x.py", &far(10)));
    assert_eq!((exit, bare(&said)), (0, 0), "ten lines away");
    let (exit, _) = audit("set", "\n[scan]\nnear = 11\n", ("src/x.py", &far(11)));
    assert_eq!(exit, 0);
    for (presets, wanted) in [("[]", 0), ("[\"mail\"]", 0), ("[\"http\"]", 2)] {
        let more = format!("\n[scan]\npresets = {presets}\n");
        let (exit, said) = audit("presets", &more, ("x.py", "requests.post(a, b)\n"));
        assert_eq!(exit, wanted, "{presets}: {said:?}");
    }
}

#[test]
fn a_sink_of_the_team_points_at_its_pattern() {
    let more = "\n[[sink]]\nid = \"gateway\"\npattern = 'Gateway\\.push'\nfiles = [\"app/**\"]\nreason = \"the gateway of the vendors\"\n";
    let (exit, said) = audit("team", more, ("app/a.rb", "Gateway.push(claim)\n"));
    let expected = "app/a.rb:1 sink-without-marker -> mokuteki.toml:11";
    assert_eq!((exit, said), (2, vec![expected.to_owned()]));
    let (exit, said) = audit("elsewhere", more, ("lib/a.rb", "Gateway.push(claim)\n"));
    assert_eq!((exit, said), (0, Vec::new()));
}

#[test]
fn what_is_wrong_with_a_sink_or_a_scan_is_told_at_its_place() {
    let sink = "\n[[sink]]\nid = \"a\"\npattern = \"x\"\nreason = \"r\"\n";
    for (name, more, expected) in [
        ("pattern", sink.replace("\"x\"", "\"(\""), "12 bad-pattern"),
        ("blank", sink.replace("\"x\"", "\"x*\""), "12 bad-pattern"),
        ("none", sink.replace("\"x\"", "[]"), "12 invalid-value"),
        (
            "missing",
            sink.replace("reason = \"r\"\n", ""),
            "10 missing-key",
        ),
        ("key", sink.replace("reason", "raeson"), "13 unknown-key"),
        (
            "preset",
            sink.replace("\"a\"", "\"jvm-http\""),
            "11 duplicate-id",
        ),
        ("twice", sink.repeat(2), "16 duplicate-id"),
        (
            "near",
            "\n[scan]\nnear = -1\n".to_owned(),
            "11 invalid-value",
        ),
        (
            "type",
            "\n[scan]\nnear = \"x\"\n".to_owned(),
            "11 wrong-type",
        ),
        (
            "group",
            "\n[scan]\npresets = [\"htpt\"]\n".to_owned(),
            "11 invalid-value",
        ),
    ] {
        let (exit, said) = audit(name, &more, ("x", ""));
        assert_eq!(exit, 3, "{name}: {said:?}");
        let expected = format!("mokuteki.toml:{expected}");
        assert!(
            said.iter().any(|one| one.starts_with(&expected)),
            "{name}: {said:?}"
        );
    }
}
