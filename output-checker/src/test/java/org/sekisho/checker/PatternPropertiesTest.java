package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.policy.RulePacks;

/** What holds for the pattern of any table, through the door that everybody comes in by. */
class PatternPropertiesTest {
    private final OutputChecker ndb = OutputChecker.with(RulePacks.load("ndb"));

    @Property(tries = 40)
    void neverDependsOnTheOrderOfRows(@ForAll long seed) throws IOException {
        var random = new Random(seed);
        var rows = rows(random);
        var first = amended(rows);
        Collections.shuffle(rows, random);
        assertThat(amended(rows)).isEqualTo(first);
    }

    /** Areas, some with their totals, and regions with their towns in one column. */
    private static List<String> rows(Random random) {
        var rows = new ArrayList<String>();
        boolean totals = random.nextBoolean();
        boolean regions = random.nextBoolean();
        int areas = 3 + random.nextInt(4);
        for (var sex : List.of("F", "M")) {
            int all = 0;
            for (int area = 0; area < areas; area++) {
                int north = 1 + random.nextInt(200);
                int south = 1 + random.nextInt(30);
                rows.add("A" + area + (regions ? "1" : "") + "," + sex + "," + north);
                if (regions) {
                    rows.add("A" + area + "2," + sex + "," + south);
                    rows.add("A" + area + "," + sex + "," + (north + south));
                }
                all += north + (regions ? south : 0);
            }
            if (totals) {
                rows.add("Total," + sex + "," + all);
            }
        }
        return rows;
    }

    private String amended(List<String> rows) throws IOException {
        var directory = Files.createTempDirectory("pattern");
        try {
            var file = Samples.write(directory.resolve("t.csv"), "area,sex,n\n" + String.join("\n", rows) + "\n");
            ndb.judgeFile(file, Files.createDirectories(directory.resolve("out")));
            var amended = directory.resolve("out").resolve("amended-t.csv");
            return Files.exists(amended) ? Files.readString(amended) : "nothing hidden";
        } finally {
            try (var all = Files.walk(directory)) {
                for (var path : all.sorted(Collections.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @TempDir
    Path held;

    @Test
    void hidesATownBesideItsRegion() {
        var file = Samples.write(
                held.resolve("t.csv"),
                "area,n\nNorth,121\nn1,51\nn2,70\nSouth,246\ns1,60\ns2,3\ns3,183\nWest,500\nTotal,867\n");
        ndb.judgeFile(file, held);
        assertThat(Samples.read(held.resolve("amended-t.csv")))
                .isEqualTo("area,n\nNorth,121\nSouth,246\nWest,500\nn1,51\nn2,70\ns1,-\ns2,-\ns3,183\nTotal,867\n");
    }

    /** Whoever is the one person of A knows it, and knew B by subtraction if C were shown. */
    @Test
    void keepsWhoIsAloneInACellFromComputingAnotherOne() {
        var file = Samples.write(held.resolve("t.csv"), "area,n\nA,1\nB,2\nC,40\nD,500\nTotal,543\n");
        var judgement = ndb.judgeFile(file, held);
        assertThat(Samples.read(held.resolve("amended-t.csv"))).isEqualTo("area,n\nA,-\nB,-\nC,-\nD,500\nTotal,543\n");
        assertThat(judgement.evidence().audit().undoneBySingletons()).isZero();
        assertThat(judgement.findings()).extracting(Finding::rule).doesNotContain("singletons");
    }
}
