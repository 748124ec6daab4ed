package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every abuse case has a test; the page that lists them is made of the tests themselves. */
class AbuseCasesTest {
    private static final Pattern TAGS = Pattern.compile("@Tag\\(\"abuse-(\\d+)\"\\)|\\bvoid (\\w+)\\(");
    private static final List<String> MODULES = List.of("output-checker", "query-engine", "workspace-gateway");
    private static final Path ROOT = Path.of("..");

    /** @param elsewhere what the list names: {@code FILE#WORDS} */
    private record Case(int number, String words, List<String> elsewhere) {}

    private static List<Case> cases() throws IOException {
        var cases = new ArrayList<Case>();
        for (var line : Files.readAllLines(Path.of("src/test/resources/abuse-cases.txt"))) {
            if (line.startsWith("  ")) {
                cases.getLast().elsewhere().add(line.strip());
            } else if (!line.startsWith("#")) {
                var halves = line.split(" ", 2);
                cases.add(new Case(Integer.parseInt(halves[0]), halves[1], new ArrayList<>()));
            }
        }
        return cases;
    }

    /** Whether something of the list is there. */
    private static boolean stands(String named) throws IOException {
        var halves = named.split("#", 2);
        var file = ROOT.resolve(halves[0]);
        return Files.exists(file) && Files.readString(file).contains(halves[1]);
    }

    /** The tests with a number, from all modules, as the page shows them. */
    private static Map<Integer, Set<String>> covered() throws IOException {
        var covered = new TreeMap<Integer, Set<String>>();
        for (var module : MODULES) {
            try (var files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (var file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    var type = file.getFileName().toString().replace(".java", "");
                    var shown = module.equals("workspace-gateway") ? type : module + "/" + type;
                    tagged(Files.readString(file))
                            .forEach((number, methods) ->
                                    methods.forEach(method -> covered.computeIfAbsent(number, none -> new TreeSet<>())
                                            .add(shown + "." + method)));
                }
            }
        }
        return covered;
    }

    /** The methods of a source by the numbers that stand before them. */
    private static Map<Integer, Set<String>> tagged(String source) {
        var tagged = new TreeMap<Integer, Set<String>>();
        var waiting = new ArrayList<Integer>();
        var found = TAGS.matcher(source);
        while (found.find()) {
            if (found.group(1) != null) {
                waiting.add(Integer.parseInt(found.group(1)));
            } else {
                waiting.forEach(number ->
                        tagged.computeIfAbsent(number, none -> new TreeSet<>()).add(found.group(2)));
                waiting.clear();
            }
        }
        return tagged;
    }

    private static String page() throws IOException {
        var covered = covered();
        var page = new StringBuilder(
                "# What people may try\n\nMade from the tests, whose tags name the cases they show to come"
                        + " to nothing (`./mvnw test -Dgroups=abuse-31` runs those of one), and from"
                        + " `src/test/resources/abuse-cases.txt`; a test compares them. Doors of `probe.pl`"
                        + " are tried inside each image by `AbuseCasesIT`.\n\n| | what is tried | tests |\n| --- | --- | --- |\n");
        for (var each : cases()) {
            var tests = Stream.concat(covered.getOrDefault(each.number(), Set.of()).stream(), each.elsewhere().stream())
                    .map(test -> "`" + test + "`")
                    .collect(Collectors.joining(" "));
            page.append("| %d | %s | %s |\n".formatted(each.number(), each.words(), tests));
        }
        return page.toString();
    }

    @Test
    void everyOneOfTheHundredHasATestThatIsThere() throws IOException {
        var covered = covered();
        var cases = cases();
        assertThat(cases)
                .extracting(Case::number)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 100).boxed().toList());
        for (var each : cases) {
            assertThat(covered.containsKey(each.number()) || !each.elsewhere().isEmpty())
                    .as("abuse case " + each.number())
                    .isTrue();
            for (var named : each.elsewhere()) {
                assertThat(stands(named)).as(named).isTrue();
            }
        }
        assertThat(stands("workspace-gateway/src/test/resources/probe.pl#nothing of these words"))
                .isFalse();
    }

    @Test
    void thePageListsThem() throws IOException {
        var file = Path.of("ABUSE.md");
        if (Boolean.getBoolean("sekisho.write")) {
            Files.writeString(file, page());
        }
        assertThat(Files.readString(file)).isEqualTo(page());
    }
}
