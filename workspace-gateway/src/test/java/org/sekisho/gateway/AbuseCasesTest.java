package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static final Pattern MARKED =
            Pattern.compile("(?s)@AbuseCase\\(\\{?([\\d, ]+)}?\\).*?\\bvoid (\\w+)\\(|\\bvoid case(\\d+)(\\w*)\\(");
    private static final Path ROOT = Path.of("..");

    /** @param elsewhere what the list names: {@code MODULE/CLASS#METHOD} or {@code FILE#WORDS} */
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

    /** Where something of the list stands; empty when it stands nowhere. */
    private static Optional<Path> place(String named) throws IOException {
        var halves = named.split("#", 2);
        var file = ROOT.resolve(halves[0]);
        if (Files.exists(file)) {
            return Files.readString(file).contains(halves[1]) ? Optional.of(file) : Optional.empty();
        }
        var module = halves[0].split("/", 2);
        var method = Pattern.compile("\\b" + Pattern.quote(halves[1]) + "\\(");
        try (var files = Files.walk(ROOT.resolve(module[0]).resolve("src/test/java"))) {
            for (var found :
                    files.filter(each -> each.endsWith(module[1] + ".java")).toList()) {
                if (method.matcher(Files.readString(found)).find()) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    /** The tests of this module that carry a number, by annotation or by name. */
    private static Map<Integer, Set<String>> covered() throws IOException {
        var covered = new TreeMap<Integer, Set<String>>();
        try (var files = Files.walk(Path.of("src/test/java"))) {
            for (var file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                var type = file.getFileName().toString().replace(".java", "");
                var marked = MARKED.matcher(Files.readString(file));
                while (marked.find()) {
                    var numbers = marked.group(1) == null ? marked.group(3) : marked.group(1);
                    var name = marked.group(1) == null ? "case" + marked.group(3) + marked.group(4) : marked.group(2);
                    for (var number : numbers.split(",", -1)) {
                        covered.computeIfAbsent(Integer.parseInt(number.strip()), none -> new TreeSet<>())
                                .add(type + "." + name);
                    }
                }
            }
        }
        return covered;
    }

    private static String page() throws IOException {
        var covered = covered();
        var page = new StringBuilder(
                "# What people may try\n\nMade from the tests, which name the cases they show to come"
                        + " to nothing, and from `src/test/resources/abuse-cases.txt`; a test compares them. Doors of `probe.pl`"
                        + " are tried inside each image by `AbuseCasesIT`.\n\n| | what is tried | tests |\n| --- | --- | --- |\n");
        for (var each : cases()) {
            var tests = Stream.concat(
                            covered.getOrDefault(each.number(), Set.of()).stream(),
                            each.elsewhere().stream().map(AbuseCasesTest::shown))
                    .distinct()
                    .map(test -> "`" + test + "`")
                    .collect(Collectors.joining(" "));
            page.append("| %d | %s | %s |\n".formatted(each.number(), each.words(), tests));
        }
        return page.toString();
    }

    /** As the tests of this module are shown. */
    private static String shown(String named) {
        return named.replaceFirst("^workspace-gateway/(\\w+)#", "$1.").replaceFirst("^([\\w-]+/\\w+)#", "$1.");
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
                assertThat(place(named)).as(named).isPresent();
            }
        }
        assertThat(place("workspace-gateway/AlertsTest#nothingOfThisName")).isEmpty();
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
