//! The example `mailbox`: what two runs over stored state do.

#[path = "../../../examples/mailbox/main.rs"]
#[allow(dead_code, reason = "`main` is for the example")]
mod example;

#[test]
fn two_runs_over_stored_state_keep_the_books_of_a_day() {
    let (stored, morning) = example::run(None).unwrap();
    let lines: Vec<&str> = morning.lines().collect();
    assert_eq!(lines[0], "interchange 00044004: the first number");
    assert_eq!(
        lines[1],
        "receipt: UNB+UNOA:2+KLM5+ZQX1+240402:0630+00000001++RECEP+++EDIFACT TRANSFER' UNH+00000001+RECEP:0:2:FH' \
         BGM++600+243:202404020630:306+64' NHS+ZQX:819:201+9999:814:202' DTM+815:202404020630:306' \
         RFF+MIS:00067004 CP' RFF+RIS:00044004 OK:1' UNT+7+00000001' UNZ+1+00000001'"
    );
    assert!(lines[2].starts_with("sent: "), "{}", lines[2]);
    assert_eq!(lines[3..], ["not answered since 240402:0630: G1 KLM5/1", "not answered since 240402:0630: G5 KLM5/4"]);

    let (stored, evening) = example::run(Some(&stored)).unwrap();
    assert_eq!(
        evening.lines().collect::<Vec<_>>(),
        [
            "interchange 00044005: the next number",
            "error: expected each message once, but found it again at RFF 1.2 (segment 7, byte 243)",
            "message 2 of interchange 2: translated",
            "message 3 of interchange 2: translated",
            "message 3 of interchange 2: acknowledged before; now CP",
            "message 4 of interchange 2: translated",
            "message 5 of interchange 2: not named by the receipt",
            "interchange 00044006: the next number",
            "answered: G1 KLM5/1",
            "receipt: UNB+UNOA:2+KLM5+ZQX1+240402:1830+00000003++RECEP+++EDIFACT TRANSFER' UNH+00000006+RECEP:0:2:FH' \
             BGM++600+243:202404021830:306+64' NHS+ZQX:819:201+7000015,T93:814:202' DTM+815:202404021830:306' \
             RFF+MIS:00067006 CP' RFF+RIS:00044006 OK:1' UNT+7+00000006' UNZ+1+00000003'",
            "not acknowledged since 240402:0630: transaction 4",
            "not answered since 240402:0630: G5 KLM5/4",
        ]
    );
    assert!(example::run(Some(&stored.replace("\"runs\"", "\"run\""))).is_err(), "an unknown field is refused");
}
