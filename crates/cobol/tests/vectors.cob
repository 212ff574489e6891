      *> The vectors through the C library, called from COBOL.
      *> crates/cobol/test builds and runs it.
       IDENTIFICATION DIVISION.
       PROGRAM-ID. VECTORS.
       ENVIRONMENT DIVISION.
       INPUT-OUTPUT SECTION.
       FILE-CONTROL.
           SELECT VECTOR-FILE ASSIGN TO VECTOR-PATH
               ORGANIZATION IS LINE SEQUENTIAL
               FILE STATUS IS VECTOR-STATUS.
       DATA DIVISION.
       FILE SECTION.
       FD  VECTOR-FILE.
       01  VECTOR-LINE                PIC X(20000).
       WORKING-STORAGE SECTION.
       COPY "mokuteki.cpy".
       01  VECTOR-PATH                PIC X(200).
       01  VECTOR-STATUS              PIC XX.
       01  FOLDER                     PIC X(150).
       01  PASSED                     PIC 9(9) COMP-5 VALUE 0.
       01  FAILED                     PIC 9(9) COMP-5 VALUE 0.
       01  SHOWN-PASSED               PIC Z(8)9.
       01  SHOWN-FAILED               PIC Z(8)9.
       01  ENGINE                     PIC 9(18) COMP-5 VALUE 0.
       01  OTHER-ENGINE               PIC 9(18) COMP-5 VALUE 0.
       01  PERMIT                     PIC 9(18) COMP-5 VALUE 0.
       01  CALL-STATUS                USAGE BINARY-LONG.
       01  VERDICT                    USAGE BINARY-CHAR UNSIGNED.
       01  LANGUAGE-NUMBER            USAGE BINARY-LONG UNSIGNED.
       01  NO-PATH                    USAGE POINTER VALUE NULL.
       01  ROOM                       PIC X(1000000).
       01  ROOM-CAPACITY              PIC 9(18) COMP-5 VALUE 1000000.
       01  ROOM-LENGTH                PIC 9(18) COMP-5 VALUE 0.
       01  DIGEST                     PIC X(32).
       01  DIGEST-BYTES REDEFINES DIGEST.
           05  DIGEST-BYTE            USAGE BINARY-CHAR UNSIGNED
                                      OCCURS 32 TIMES.
       01  HEX-DIGITS                 PIC X(16) VALUE
           "0123456789abcdef".
       01  HEX                        PIC X(64).
       01  HIGH-HALF                  PIC 9(9) COMP-5.
       01  LOW-HALF                   PIC 9(9) COMP-5.
       01  AT-BYTE                    PIC 9(9) COMP-5.
       01  AT-PART                    PIC 9(9) COMP-5.
       01  SCAN                       PIC 9(9) COMP-5.
       01  PARTS-COUNT                PIC 9(9) COMP-5.
       01  PARTS.
           05  PART OCCURS 24 TIMES.
               10  PART-TEXT          PIC X(16000).
               10  PART-LENGTH        PIC 9(9) COMP-5.
       01  WORD                       PIC X(20).
       01  IS-RIGHT                   PIC 9.
       01  EXPECTED-STATUS            PIC 9(9) COMP-5.
       01  SINK.
           05  SINK-AT                USAGE POINTER.
           05  SINK-LENGTH            PIC 9(18) COMP-5.
       01  RECIPIENT.
           05  RECIPIENT-AT           USAGE POINTER.
           05  RECIPIENT-LENGTH       PIC 9(18) COMP-5.
       01  ACCEPTED.
           05  ACCEPTED-AT            USAGE POINTER.
           05  ACCEPTED-LENGTH        PIC 9(18) COMP-5.
       01  TOKEN.
           05  TOKEN-AT               USAGE POINTER.
           05  TOKEN-LENGTH           PIC 9(18) COMP-5.
       01  VECTOR-KEY                 PIC X(100).
       01  KEY-LENGTH                 PIC 9(18) COMP-5.
       01  CODES                      PIC X(1000).
       01  CODES-LENGTH               PIC 9(9) COMP-5.
       01  MEMORY-LINE                PIC X(200).
       01  RESIDENT                   PIC S9(9) COMP-5.
       01  RESIDENT-BEFORE            PIC S9(9) COMP-5.
       01  ROUND-COUNT                PIC 9(9) COMP-5.
       PROCEDURE DIVISION.
       MAIN-LINE.
           ACCEPT FOLDER FROM COMMAND-LINE
           CALL "mokuteki_abi" RETURNING CALL-STATUS
           IF CALL-STATUS < MOKUTEKI-ABI
               DISPLAY "cobol: an older library" UPON SYSERR
               STOP RUN RETURNING 1
           END-IF
           CALL "mokuteki_open_embedded"
               USING BY REFERENCE ENGINE RETURNING CALL-STATUS
           IF CALL-STATUS NOT = MOKUTEKI-OK
               DISPLAY "cobol: no engine" UPON SYSERR
               STOP RUN RETURNING 1
           END-IF
           PERFORM READ-KEY
           PERFORM CHECK-FLOWS
           PERFORM CHECK-PERMITS
           PERFORM CHECK-TOKENS
           PERFORM CHECK-WRONG
           PERFORM CHECK-MEMORY
           CALL "mokuteki_free" USING BY VALUE ENGINE
               RETURNING CALL-STATUS
           MOVE PASSED TO SHOWN-PASSED
           MOVE FAILED TO SHOWN-FAILED
           DISPLAY "cobol: " FUNCTION TRIM(SHOWN-PASSED) " passed, "
               FUNCTION TRIM(SHOWN-FAILED) " failed"
           IF FAILED > 0 OR PASSED = 0
               STOP RUN RETURNING 1
           END-IF
           STOP RUN RETURNING 0.

       OPEN-VECTORS.
           OPEN INPUT VECTOR-FILE
           IF VECTOR-STATUS NOT = "00"
               DISPLAY "cobol: cannot open " VECTOR-PATH UPON SYSERR
               STOP RUN RETURNING 1
           END-IF
           READ VECTOR-FILE END-READ.

      *> The next line, cut at its tabs.
       READ-ROW.
           MOVE SPACES TO VECTOR-LINE
           READ VECTOR-FILE
               AT END MOVE 0 TO PARTS-COUNT
               NOT AT END PERFORM CUT-ROW
           END-READ.
       CUT-ROW.
           PERFORM VARYING AT-PART FROM 1 BY 1 UNTIL AT-PART > 24
               MOVE 0 TO PART-LENGTH(AT-PART)
           END-PERFORM
           MOVE 1 TO SCAN
           MOVE 0 TO PARTS-COUNT
           PERFORM UNTIL SCAN > 20000 OR PARTS-COUNT = 24
               ADD 1 TO PARTS-COUNT
               MOVE SPACES TO PART-TEXT(PARTS-COUNT)
               UNSTRING VECTOR-LINE DELIMITED BY X"09"
                   INTO PART-TEXT(PARTS-COUNT)
                   COUNT IN PART-LENGTH(PARTS-COUNT)
                   WITH POINTER SCAN
               END-UNSTRING
           END-PERFORM
      *> The last cell is filled up with spaces.
           MOVE FUNCTION LENGTH(FUNCTION TRIM(
               PART-TEXT(PARTS-COUNT) TRAILING))
               TO PART-LENGTH(PARTS-COUNT)
           IF PART-TEXT(PARTS-COUNT) = SPACES
               MOVE 0 TO PART-LENGTH(PARTS-COUNT)
           END-IF.

       READ-KEY.
           STRING FUNCTION TRIM(FOLDER) "/tokens.tsv"
               DELIMITED BY SIZE INTO VECTOR-PATH
           PERFORM OPEN-VECTORS
           PERFORM READ-ROW
           MOVE PART-TEXT(3) TO VECTOR-KEY
           MOVE PART-LENGTH(3) TO KEY-LENGTH
           CLOSE VECTOR-FILE.

       SET-FLOW.
           PERFORM VARYING AT-PART FROM 1 BY 1
                   UNTIL AT-PART > MOKUTEKI-FIELDS
               SET FLOW-AT(AT-PART)
                   TO ADDRESS OF PART-TEXT(AT-PART + 1)
               MOVE PART-LENGTH(AT-PART + 1) TO FLOW-LENGTH(AT-PART)
           END-PERFORM.

       COUNT-RIGHT.
           IF IS-RIGHT = 1
               ADD 1 TO PASSED
           ELSE
               ADD 1 TO FAILED
               DISPLAY "cobol: another answer: "
                   FUNCTION TRIM(PART-TEXT(1)) UPON SYSERR
           END-IF.

      *> The SHA-256 of the room, in hex.
       HASH-ROOM.
           CALL "SHA256" USING BY REFERENCE ROOM BY VALUE ROOM-LENGTH
               BY REFERENCE DIGEST
           PERFORM VARYING AT-BYTE FROM 1 BY 1 UNTIL AT-BYTE > 32
               DIVIDE DIGEST-BYTE(AT-BYTE) BY 16
                   GIVING HIGH-HALF REMAINDER LOW-HALF
               MOVE HEX-DIGITS(HIGH-HALF + 1:1)
                   TO HEX(AT-BYTE * 2 - 1:1)
               MOVE HEX-DIGITS(LOW-HALF + 1:1) TO HEX(AT-BYTE * 2:1)
           END-PERFORM.

      *> What went wrong last, and the codes in it.
       READ-ERROR.
           CALL "mokuteki_last_error" USING BY REFERENCE ROOM
               BY VALUE ROOM-CAPACITY BY REFERENCE ROOM-LENGTH
               RETURNING CALL-STATUS
           MOVE SPACES TO CODES
           MOVE 0 TO CODES-LENGTH
           PERFORM VARYING SCAN FROM 1 BY 1
                   UNTIL SCAN + 8 > ROOM-LENGTH
               IF ROOM(SCAN:8) = '"code":"'
                   IF CODES-LENGTH > 0
                       ADD 1 TO CODES-LENGTH
                       MOVE ";" TO CODES(CODES-LENGTH:1)
                   END-IF
                   ADD 8 TO SCAN
                   PERFORM UNTIL ROOM(SCAN:1) = '"'
                       ADD 1 TO CODES-LENGTH
                       MOVE ROOM(SCAN:1) TO CODES(CODES-LENGTH:1)
                       ADD 1 TO SCAN
                   END-PERFORM
               END-IF
           END-PERFORM.

       CHECK-FLOWS.
           MOVE SPACES TO VECTOR-PATH
           STRING FUNCTION TRIM(FOLDER) "/flows.tsv"
               DELIMITED BY SIZE INTO VECTOR-PATH
           PERFORM OPEN-VECTORS
           PERFORM READ-ROW
           PERFORM UNTIL PARTS-COUNT = 0
               PERFORM SET-FLOW
               MOVE 1 TO IS-RIGHT
               MOVE MOKUTEKI-ENGLISH TO LANGUAGE-NUMBER
               PERFORM CHECK-FLOW
               MOVE MOKUTEKI-JAPANESE TO LANGUAGE-NUMBER
               PERFORM CHECK-FLOW
               PERFORM COUNT-RIGHT
               PERFORM READ-ROW
           END-PERFORM
           CLOSE VECTOR-FILE.
       CHECK-FLOW.
           CALL "mokuteki_check" USING BY VALUE ENGINE
               BY REFERENCE MOKUTEKI-FLOW BY VALUE LANGUAGE-NUMBER
               BY REFERENCE VERDICT BY REFERENCE ROOM
               BY VALUE ROOM-CAPACITY BY REFERENCE ROOM-LENGTH
               RETURNING CALL-STATUS
           MOVE FUNCTION NUMVAL(PART-TEXT(17)(1:2)) TO EXPECTED-STATUS
           IF CALL-STATUS NOT = EXPECTED-STATUS
               MOVE 0 TO IS-RIGHT
           END-IF
           EVALUATE VERDICT
               WHEN MOKUTEKI-PERMITTED MOVE "permitted" TO WORD
               WHEN MOKUTEKI-CONDITIONAL MOVE "conditional" TO WORD
               WHEN MOKUTEKI-OUT-OF-SCOPE MOVE "out_of_scope" TO WORD
               WHEN MOKUTEKI-PROHIBITED MOVE "prohibited" TO WORD
               WHEN MOKUTEKI-EXEMPT MOVE "exempt" TO WORD
               WHEN OTHER MOVE SPACES TO WORD
           END-EVALUATE
           IF WORD NOT = PART-TEXT(18)(1:20)
               MOVE 0 TO IS-RIGHT
           END-IF
           IF CALL-STATUS NOT = MOKUTEKI-OK
               PERFORM READ-ERROR
               IF CODES NOT = PART-TEXT(20)(1:1000)
                   MOVE 0 TO IS-RIGHT
               END-IF
           END-IF
           PERFORM HASH-ROOM
           IF HEX NOT = PART-TEXT(21 + LANGUAGE-NUMBER)(1:64)
               MOVE 0 TO IS-RIGHT
           END-IF.

       CHECK-PERMITS.
           MOVE SPACES TO VECTOR-PATH
           STRING FUNCTION TRIM(FOLDER) "/permits.tsv"
               DELIMITED BY SIZE INTO VECTOR-PATH
           PERFORM OPEN-VECTORS
           PERFORM READ-ROW
           PERFORM UNTIL PARTS-COUNT = 0
               PERFORM SET-FLOW
               PERFORM CHECK-PERMIT
               PERFORM COUNT-RIGHT
               PERFORM READ-ROW
           END-PERFORM
           CLOSE VECTOR-FILE.
       ASK-PERMIT.
           SET SINK-AT TO ADDRESS OF PART-TEXT(17)
           MOVE PART-LENGTH(17) TO SINK-LENGTH
           SET RECIPIENT-AT TO ADDRESS OF PART-TEXT(18)
           MOVE PART-LENGTH(18) TO RECIPIENT-LENGTH
           SET ACCEPTED-AT TO ADDRESS OF PART-TEXT(19)
           MOVE PART-LENGTH(19) TO ACCEPTED-LENGTH
           MOVE MOKUTEKI-ENGLISH TO LANGUAGE-NUMBER
           CALL "mokuteki_permit" USING BY VALUE ENGINE
               BY REFERENCE MOKUTEKI-FLOW BY REFERENCE SINK
               BY REFERENCE RECIPIENT BY REFERENCE ACCEPTED
               BY VALUE LANGUAGE-NUMBER BY REFERENCE PERMIT
               RETURNING CALL-STATUS.
       SEAL-PERMIT.
           CALL "mokuteki_token" USING BY VALUE PERMIT
               BY REFERENCE VECTOR-KEY BY VALUE KEY-LENGTH
               BY REFERENCE ROOM BY VALUE ROOM-CAPACITY
               BY REFERENCE ROOM-LENGTH RETURNING CALL-STATUS.
       CHECK-PERMIT.
           MOVE 1 TO IS-RIGHT
           PERFORM ASK-PERMIT
           MOVE FUNCTION NUMVAL(PART-TEXT(20)(1:2)) TO EXPECTED-STATUS
           IF CALL-STATUS NOT = EXPECTED-STATUS
               MOVE 0 TO IS-RIGHT
           END-IF
           IF CALL-STATUS NOT = MOKUTEKI-OK
               PERFORM READ-ERROR
               IF CODES NOT = PART-TEXT(21)(1:1000) OR PERMIT NOT = 0
                   MOVE 0 TO IS-RIGHT
               END-IF
           ELSE
               PERFORM SEAL-PERMIT
               IF CALL-STATUS NOT = MOKUTEKI-OK
                       OR ROOM-LENGTH NOT = PART-LENGTH(22)
                       OR ROOM(1:ROOM-LENGTH)
                           NOT = PART-TEXT(22)(1:ROOM-LENGTH)
                   MOVE 0 TO IS-RIGHT
               END-IF
               CALL "mokuteki_free" USING BY VALUE PERMIT
                   RETURNING CALL-STATUS
               IF CALL-STATUS NOT = MOKUTEKI-OK
                   MOVE 0 TO IS-RIGHT
               END-IF
           END-IF.

       CHECK-TOKENS.
           MOVE SPACES TO VECTOR-PATH
           STRING FUNCTION TRIM(FOLDER) "/tokens.tsv"
               DELIMITED BY SIZE INTO VECTOR-PATH
           PERFORM OPEN-VECTORS
           PERFORM READ-ROW
           PERFORM UNTIL PARTS-COUNT = 0
               PERFORM CHECK-TOKEN
               PERFORM COUNT-RIGHT
               PERFORM READ-ROW
           END-PERFORM
           CLOSE VECTOR-FILE.
       CHECK-TOKEN.
           MOVE 1 TO IS-RIGHT
           SET TOKEN-AT TO ADDRESS OF PART-TEXT(2)
           MOVE PART-LENGTH(2) TO TOKEN-LENGTH
           MOVE PART-LENGTH(3) TO KEY-LENGTH
           SET SINK-AT TO ADDRESS OF PART-TEXT(4)
           MOVE PART-LENGTH(4) TO SINK-LENGTH
           CALL "mokuteki_verify" USING BY REFERENCE TOKEN
               BY REFERENCE PART-TEXT(3) BY VALUE KEY-LENGTH
               BY REFERENCE SINK BY VALUE LANGUAGE-NUMBER
               BY REFERENCE ROOM BY VALUE ROOM-CAPACITY
               BY REFERENCE ROOM-LENGTH RETURNING CALL-STATUS
           MOVE FUNCTION NUMVAL(PART-TEXT(5)(1:2)) TO EXPECTED-STATUS
           IF CALL-STATUS NOT = EXPECTED-STATUS
               MOVE 0 TO IS-RIGHT
           END-IF
           IF CALL-STATUS = MOKUTEKI-OK
               PERFORM HASH-ROOM
               IF HEX NOT = PART-TEXT(7)(1:64)
                   MOVE 0 TO IS-RIGHT
               END-IF
           ELSE
               PERFORM READ-ERROR
               IF CODES NOT = PART-TEXT(6)(1:1000)
                   MOVE 0 TO IS-RIGHT
               END-IF
           END-IF.

       CHECK-WRONG.
           MOVE SPACES TO VECTOR-PATH
           STRING FUNCTION TRIM(FOLDER) "/flows.tsv"
               DELIMITED BY SIZE INTO VECTOR-PATH
           PERFORM OPEN-VECTORS
           PERFORM READ-ROW
           CLOSE VECTOR-FILE
           PERFORM SET-FLOW
      *> Shift_JIS that nobody converted.
           MOVE "a field in Shift_JIS" TO PART-TEXT(1)
           MOVE X"838C835A83768367" TO PART-TEXT(3)
           MOVE 8 TO FLOW-LENGTH(2)
           PERFORM CHECK-ONLY
           IF CALL-STATUS = MOKUTEKI-NOT-UTF8
                   AND VERDICT = MOKUTEKI-NOT-DECIDED
               MOVE 1 TO IS-RIGHT
           ELSE
               MOVE 0 TO IS-RIGHT
           END-IF
           PERFORM COUNT-RIGHT
      *> An engine that was freed.
           MOVE "a closed engine" TO PART-TEXT(1)
           MOVE 0 TO FLOW-LENGTH(2)
           CALL "mokuteki_open_embedded"
               USING BY REFERENCE OTHER-ENGINE RETURNING CALL-STATUS
           CALL "mokuteki_free" USING BY VALUE OTHER-ENGINE
               RETURNING CALL-STATUS
           CALL "mokuteki_check" USING BY VALUE OTHER-ENGINE
               BY REFERENCE MOKUTEKI-FLOW BY VALUE LANGUAGE-NUMBER
               BY REFERENCE VERDICT BY REFERENCE ROOM
               BY VALUE ROOM-CAPACITY BY REFERENCE ROOM-LENGTH
               RETURNING CALL-STATUS
           IF CALL-STATUS = MOKUTEKI-CLOSED
                   AND VERDICT = MOKUTEKI-NOT-DECIDED
               MOVE 1 TO IS-RIGHT
           ELSE
               MOVE 0 TO IS-RIGHT
           END-IF
           PERFORM COUNT-RIGHT
           CALL "mokuteki_free" USING BY VALUE OTHER-ENGINE
               RETURNING CALL-STATUS
           IF CALL-STATUS = MOKUTEKI-CLOSED
               MOVE 1 TO IS-RIGHT
           ELSE
               MOVE 0 TO IS-RIGHT
           END-IF
           PERFORM COUNT-RIGHT
      *> A panic inside the library.
           MOVE "a panic" TO PART-TEXT(1)
           CALL "mokuteki_probe_panic" RETURNING CALL-STATUS
           IF CALL-STATUS = MOKUTEKI-PANIC
               MOVE 1 TO IS-RIGHT
           ELSE
               MOVE 0 TO IS-RIGHT
           END-IF
           PERFORM COUNT-RIGHT.
       CHECK-ONLY.
           CALL "mokuteki_check" USING BY VALUE ENGINE
               BY REFERENCE MOKUTEKI-FLOW BY VALUE LANGUAGE-NUMBER
               BY REFERENCE VERDICT BY REFERENCE ROOM
               BY VALUE ROOM-CAPACITY BY REFERENCE ROOM-LENGTH
               RETURNING CALL-STATUS.

      *> 10,000 rounds of a permit, its token, a flow that is decided
      *> and one that cannot be read.
       CHECK-MEMORY.
           MOVE SPACES TO VECTOR-PATH
           STRING FUNCTION TRIM(FOLDER) "/permits.tsv"
               DELIMITED BY SIZE INTO VECTOR-PATH
           PERFORM READ-KEY-AGAIN
           PERFORM OPEN-VECTORS
           PERFORM READ-ROW
           PERFORM UNTIL PART-TEXT(20)(1:1) = "0"
               PERFORM READ-ROW
           END-PERFORM
           CLOSE VECTOR-FILE
           MOVE 200 TO ROUND-COUNT
           PERFORM ONE-ROUND ROUND-COUNT TIMES
           PERFORM READ-RESIDENT
           MOVE RESIDENT TO RESIDENT-BEFORE
           MOVE 10000 TO ROUND-COUNT
           PERFORM ONE-ROUND ROUND-COUNT TIMES
           PERFORM READ-RESIDENT
           SUBTRACT RESIDENT-BEFORE FROM RESIDENT
           DISPLAY "cobol: " RESIDENT " KB more after 50,000 calls"
               UPON SYSERR
           MOVE "memory" TO PART-TEXT(1)
           IF RESIDENT <= 32768
               MOVE 1 TO IS-RIGHT
           ELSE
               MOVE 0 TO IS-RIGHT
           END-IF
           PERFORM COUNT-RIGHT.
       READ-KEY-AGAIN.
           MOVE FUNCTION LENGTH(FUNCTION TRIM(VECTOR-KEY TRAILING))
               TO KEY-LENGTH.
       ONE-ROUND.
           PERFORM SET-FLOW
           PERFORM ASK-PERMIT
           PERFORM SEAL-PERMIT
           CALL "mokuteki_free" USING BY VALUE PERMIT
               RETURNING CALL-STATUS
           PERFORM CHECK-ONLY
           MOVE 0 TO FLOW-LENGTH(1)
           PERFORM CHECK-ONLY.
       READ-RESIDENT.
           MOVE "/proc/self/status" TO VECTOR-PATH
           OPEN INPUT VECTOR-FILE
           MOVE SPACES TO VECTOR-LINE
           PERFORM UNTIL VECTOR-LINE(1:6) = "VmRSS:"
               READ VECTOR-FILE
                   AT END MOVE "VmRSS: 99999999" TO VECTOR-LINE
               END-READ
           END-PERFORM
           CLOSE VECTOR-FILE
           INSPECT VECTOR-LINE(1:40) REPLACING ALL X"09" BY SPACE
           INSPECT VECTOR-LINE(1:40) REPLACING ALL "kB" BY "  "
           MOVE FUNCTION NUMVAL(VECTOR-LINE(7:30)) TO RESIDENT.
       END PROGRAM VECTORS.
