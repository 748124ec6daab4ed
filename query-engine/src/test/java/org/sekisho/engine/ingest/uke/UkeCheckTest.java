package org.sekisho.engine.ingest.uke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.engine.ingest.source.Refusal;
import org.sekisho.engine.ingest.source.SourceBytes;

class UkeCheckTest {
    @Test
    void takesAWholeFile() {
        assertThat(UkeCheck.refusal(UkeSamples.file(UkeSamples.lines()))).isEmpty();
    }

    @Test
    void toleratesAnEndOfFileMarkAndALeadingUk() {
        var lines = UkeSamples.lines();
        lines.addFirst("UK,00000001,12,1");
        var bytes = UkeSamples.file(lines).content();
        var marked = Arrays.copyOf(bytes, bytes.length + 1);
        marked[bytes.length] = 0x1A;
        assertThat(UkeCheck.refusal(new SourceBytes("f", marked))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "16 | GO,3,46300,99        | GO,4,46300,99         | GO 1 総件数    | does not agree with the HO and KO",
                "16 | GO,3,46300,99        | GO,3,46301,99         | GO 2 総合計点数 | does not agree with the points",
                "16 | GO,3,46300,99        | GO,3,46300,9          | GO 3 マルチボリューム識別 | is not 99",
                "16 | GO,3,46300,99        | GO,3,46300            | ''            | GO takes 4 fields, here are 3",
                "3  | ,2,1300,             | ,2,1301,              | GO 2 総合計点数 | does not agree with the points",
                "3  | HO,06010016          | HO,0601001X           | HO 1 保険者番号 | is not 6 or 8 digits",
                "3  | ,390,,,              | ,390,,                | ''            | HO takes 15 fields, here are 14",
                "2  | 19800229             | 19810229              | RE 6 生年月日   | is not a date",
                "2  | 19800229             | ''                    | RE 6 生年月日   | is missing",
                "2  | RE,1,1112,202110     | RE,1,1112,202113      | RE 3 診療年月   | is not a month",
                "13 | 3551231              | 6551231               | RE 6 生年月日   | is not a date",
                "2  | ,1,19800229          | ,3,19800229           | RE 5 男女区分   | is neither 1 nor 2",
                "6  | SY,8848176           | ZZ,8848176            | ''            | is not a record",
                "6  | SY,8848176           | SY,884817             | SY 1 傷病名コード | is not 7 digits",
                "6  | 8002                 | 800                   | SY 4 修飾語コード | is not a row of 4-digit codes",
                "8  | 111000110            | 11100011              | SI 3 診療行為コード | is not 9 digits",
                "9  | 2.5                  | 2.5.1                 | IY 4 使用量     | is not a number",
                "1  | IR,1,12              | IR,1,48               | IR 2 都道府県   | is not a prefecture",
                "1  | IR,1,12              | RE,1,12               | ''            | RE takes 38 fields",
                "2  | RE,1                 | CO,1                  | ''            | CO takes 5 fields",
            })
    void refusesWithLineFieldAndReason(int line, String from, String to, String field, String reason) {
        var refusal = refusal(UkeSamples.lines(), line, text -> text.replace(from, to));
        assertThat(refusal.file()).isEqualTo("sample.UKE");
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.reason()).contains(reason);
        assertThat(refusal.line()).isEqualTo(reason.contains("agree") ? 16 : line);
    }

    @Test
    void refusesBadCp932WithLineAndField() {
        var bytes = UkeSamples.file(UkeSamples.lines()).content();
        var at = indexOf(bytes, new byte[] {(byte) 0x8A, (byte) 0xD6}, indexOf(bytes, new byte[] {'\r', '\n'}, 0));
        bytes[at + 1] = 0x20;
        var refusal = UkeCheck.refusal(new SourceBytes("f", bytes)).orElseThrow();
        assertThat(refusal).isEqualTo(new Refusal("f", 2, "RE 4", "is not CP932 text"));
    }

    @Test
    void refusesAnEmptyFileAndABareEndMark() {
        assertThat(UkeCheck.refusal(new SourceBytes("f", new byte[0])))
                .contains(new Refusal("f", 0, "", "the file is empty"));
        assertThat(UkeCheck.refusal(new SourceBytes("f", new byte[] {0x1A}))).isPresent();
    }

    @Test
    void refusesEveryTruncation() {
        var bytes = UkeSamples.file(UkeSamples.lines()).content();
        for (var length = 0; length < bytes.length - 2; length++) {
            assertThat(UkeCheck.refusal(new SourceBytes("f", Arrays.copyOf(bytes, length))))
                    .as("cut at %d", length)
                    .isPresent();
        }
    }

    @Test
    void refusesAnythingBehindTheTrailerAndAReceiptThatNobodyPays() {
        var twice = UkeSamples.lines();
        twice.add("GO,3,46300,99");
        assertThat(UkeCheck.refusal(UkeSamples.file(twice)).orElseThrow().reason())
                .contains("behind the trailer");
        var unpaid = UkeSamples.lines();
        unpaid.remove(13);
        assertThat(UkeCheck.refusal(UkeSamples.file(unpaid)).orElseThrow().reason())
                .contains("neither HO nor KO");
    }

    @Test
    void refusesADayThatTheMonthDoesNotHave() {
        var lines = UkeSamples.lines();
        lines.replaceAll(l -> l.replace("202110", "202111"));
        assertThat(UkeCheck.refusal(UkeSamples.file(lines)).orElseThrow())
                .isEqualTo(new Refusal("sample.UKE", 15, "SI 31日", "is a day that the month does not have"));
    }

    @Test
    void neverQuotesAValue() {
        var refusal = refusal(UkeSamples.lines(), 2, text -> text.replace("19800229", "SECRET"));
        assertThat(refusal.toString()).doesNotContain("SECRET").doesNotContain("関所");
    }

    @Test
    void neverFailsOnAnyMutation() {
        var original = UkeSamples.file(UkeSamples.lines()).content();
        var random = new SplittableRandom(20260101);
        var refused = 0;
        for (var round = 0; round < 20_000; round++) {
            var bytes = original.clone();
            for (var flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = random.nextBoolean()
                        ? (byte) random.nextInt(256)
                        : (byte) ",0129\r\n\u001a".charAt(random.nextInt(8));
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            var file = new SourceBytes("f", bytes);
            var refusal = UkeCheck.refusal(file);
            if (refusal.isPresent()) {
                refused++;
                assertThat(refusal.get().reason()).isNotBlank();
            } else {
                assertThat(new UkeLines(file).read(UkeCheckTest::isReadable)).isNull();
            }
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    /** What was checked can be converted. */
    private static boolean isReadable(UkeRecord record) {
        for (var field : record.type().checked()) {
            if (record.has(field.index())) {
                switch (field.format()) {
                    case MONTH -> record.month(field.index());
                    case DATE -> record.date(field.index());
                    case COUNT -> record.count(field.index());
                    case NUMBER -> Double.parseDouble(record.text(field.index()));
                    case TEXT,
                            SERIAL,
                            PREFECTURE,
                            FOUR,
                            SEVEN,
                            NINE,
                            PAYER,
                            SEX,
                            MODIFIERS,
                            MAIN,
                            END,
                            CLASS,
                            BURDEN -> {}
                }
            }
        }
        return true;
    }

    private static Refusal refusal(List<String> lines, int line, UnaryOperator<String> change) {
        var changed = new ArrayList<>(lines);
        var before = changed.get(line - 1);
        changed.set(line - 1, change.apply(before));
        assertThat(changed.get(line - 1)).isNotEqualTo(before);
        return UkeCheck.refusal(UkeSamples.file(changed)).orElseThrow();
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (var i = from; i + wanted.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }
}
