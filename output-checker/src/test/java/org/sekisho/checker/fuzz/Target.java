package org.sekisho.checker.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.picture.DrawnInputs;
import org.sekisho.checker.policy.RulePackParser;
import org.sekisho.checker.spec.Tables;

/**
 * One reader of untrusted bytes. Whatever the bytes are, it answers: with a judgement, or with {@link Unreadable}. Any
 * other exception, an answer that takes seconds, and more memory than half a gigabyte are faults.
 */
enum Target {
    CSV("t.csv"),
    ARROW("t.arrow"),
    NOTEBOOK("n.ipynb"),
    WORKBOOK("w.xlsx"),
    /** The XML of a sheet, put into a workbook that is otherwise sound: mutations reach it without the zip around. */
    SHEET("w.xlsx"),
    PNG("p.png"),
    /** Chunks with right check sums around mutated bodies. */
    CHUNKS("p.png"),
    JPEG("p.jpg"),
    MARKDOWN("m.md"),
    TEXT("t.txt"),
    HTML("h.html"),
    PARQUET("t.parquet"),
    /** What is left of an SVG before it is drawn. */
    SVG(""),
    /** Its pixels; in this process, otherwise in one of its own, which may end as it likes. */
    DRAWING(""),
    /** Likewise. */
    PDF(""),
    /** Any bytes under any name. */
    TYPES(""),
    RULES(""),
    SPECIFICATION("");

    private static final List<String> NAMES = List.of(
            "a.csv",
            "a.txt",
            "a.md",
            "a.ipynb",
            "a.xlsx",
            "a.png",
            "a.jpeg",
            "a.arrow",
            "a.parquet",
            "a.svg",
            "a.pdf",
            "a.html",
            "a.pkl",
            "a.zip",
            "a");

    private final String name;

    Target(String name) {
        this.name = name;
    }

    /** @throws AssertionError when an answer is not what it must be */
    void read(byte[] input) {
        switch (this) {
            case CSV, ARROW, PARQUET, NOTEBOOK, WORKBOOK, PNG, JPEG, MARKDOWN, TEXT, HTML -> judge(name, input);
            case SHEET -> judge(name, Packed.workbook(input));
            case CHUNKS -> judge(name, Packed.png(input));
            case TYPES -> judge(NAMES.get(input.length == 0 ? 0 : (input[0] & 0xFF) % NAMES.size()), input);
            case SVG -> DrawnInputs.plain(input);
            case DRAWING -> DrawnInputs.svg(input);
            case PDF -> DrawnInputs.pdf(input);
            case RULES -> rules(new String(input, StandardCharsets.UTF_8));
            case SPECIFICATION -> specification(input);
        }
    }

    private static void judge(String name, byte[] input) {
        Folders.with((submitted, leaving) -> {
            Files.write(submitted.resolve(name), input);
            var judgement = Folders.CHECKER.judgeFiles(submitted, List.of(name), leaving);
            Leaving.check(judgement, leaving);
        });
    }

    private static void rules(String yaml) {
        try {
            var pack = RulePackParser.parse("p.yaml", yaml);
            assertThat(pack.sources()).isNotEmpty();
        } catch (Unreadable expected) {
            assertThat(expected.getMessage()).startsWith("p.yaml");
        }
    }

    private static void specification(byte[] json) {
        Folders.with((submitted, leaving) -> {
            var table = Files.writeString(submitted.resolve("t.csv"), Seeds.PROTECTED_TABLE);
            var specification = Files.write(submitted.resolve("s.json"), json);
            try {
                assertThat(Tables.read(table, specification).values()).isNotEmpty();
            } catch (Unreadable expected) {
                assertThat(expected.getMessage()).isNotBlank();
            }
        });
    }
}
