package org.sekisho.checker.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.sekisho.checker.Finding;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.OutputChecker;
import org.sekisho.checker.file.CsvFile;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePackParser;
import org.sekisho.checker.policy.RulePacks;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * {@code rules list} and {@code rules test FILE}: tries a rule pack on examples. The file is YAML: {@code rules}, the name
 * of a pack or the path of one beside the file, and {@code examples}, each with a {@code name}, a {@code table} (CSV) or a {@code text}, who
 * stands {@code behind} its rows ({@link Behind}; nobody knows where it is not said) and what is expected of it: {@code
 * verdict}, {@code finds} (rules that hit), {@code lacks} (rules that do not), {@code amended} (the table as it may leave).
 * Exit 0 when every example is as expected, 1 when some is not, 2 when the file cannot be used.
 */
public final class RulesCommand {
    private static final Set<String> TOLD = Set.of("name", "table", "text", "behind");
    private static final Set<String> LISTED = Set.of("finds", "lacks");
    private static final Set<String> EXPECTED = Set.of("verdict", "finds", "lacks", "amended");

    private final PrintStream out;
    private final PrintStream err;

    RulesCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new RulesCommand(
                        new PrintStream(System.out, true, StandardCharsets.UTF_8),
                        new PrintStream(System.err, true, StandardCharsets.UTF_8))
                .run(arguments));
    }

    int run(String... arguments) {
        try {
            if (arguments.length == 1 && arguments[0].equals("list")) {
                RulePacks.all().forEach(pack -> out.println(pack.id() + "  " + pack.titleEn() + "  " + pack.titleJa()));
                return 0;
            }
            if (arguments.length == 2 && arguments[0].equals("test")) {
                return test(Path.of(arguments[1])) ? 0 : 1;
            }
            throw new Unreadable("rules", 0, 0, "usage: rules list | rules test FILE");
        } catch (Unreadable unusable) {
            err.println(unusable.getMessage());
            return 2;
        }
    }

    private boolean test(Path file) {
        var root = mapping(file, load(file), "the file");
        var checker = OutputChecker.with(pack(file, text(file, root, "rules")));
        if (!(root.get("examples") instanceof List<?> examples) || examples.isEmpty()) {
            throw new Unreadable(file.toString(), 0, 0, "'examples' must be a list that is not empty");
        }
        boolean all = true;
        for (var example : examples) {
            var asked = mapping(file, example, "an example");
            var name = text(file, asked, "name");
            expectsSomething(file, name, asked);
            var wrong = tried(file, checker, asked);
            all &= wrong.isEmpty();
            out.println((wrong.isEmpty() ? "ok    " : "WRONG ") + name);
            wrong.forEach(line -> out.println("      " + line));
        }
        return all;
    }

    /** Whoever misspells what she expects would otherwise be told that all is well. */
    private static void expectsSomething(Path file, String name, Map<String, Object> asked) {
        for (var key : asked.keySet()) {
            if (!TOLD.contains(key) && !EXPECTED.contains(key)) {
                throw new Unreadable(
                        file.toString(),
                        0,
                        0,
                        "'" + name + "' has an unknown key '" + key
                                + "'; known: name, table, text, behind, verdict, finds, lacks, amended");
            }
            if (LISTED.contains(key) && !(asked.get(key) instanceof List<?>)) {
                throw new Unreadable(
                        file.toString(),
                        0,
                        0,
                        "'" + key + "' of '" + name + "' must be a list of rules: [" + asked.get(key) + "]");
            }
        }
        if (asked.keySet().stream().noneMatch(EXPECTED::contains)) {
            throw new Unreadable(
                    file.toString(), 0, 0, "'" + name + "' expects nothing; say verdict, finds, lacks or amended");
        }
    }

    private static List<String> tried(Path file, OutputChecker checker, Map<String, Object> asked) {
        try {
            var folder = Files.createTempDirectory("sekisho-rules");
            try {
                boolean words = asked.containsKey("text");
                var table = Files.writeString(
                        folder.resolve(words ? "text.txt" : "table.csv"), text(file, asked, words ? "text" : "table"));
                var leaving = Files.createDirectory(folder.resolve("leaving"));
                return compared(asked, judged(file, checker, asked, table, leaving), leaving);
            } finally {
                delete(folder);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Judgement judged(
            Path file, OutputChecker checker, Map<String, Object> asked, Path table, Path leaving) {
        if (!(asked.get("behind") instanceof Map<?, ?> behind)) {
            return asked.containsKey("text")
                    ? checker.judgeFiles(List.of(table), leaving)
                    : checker.judgeFile(table, leaving);
        }
        var read = CsvFile.read(table).orElseThrow(() -> new Unreadable(file.toString(), 0, 0, "a table is too large"));
        try {
            return checker.judgeFile(table, Behind.of(read.table(), behind), leaving);
        } catch (IllegalArgumentException wrong) {
            throw new Unreadable(
                    file.toString(), 0, 0, "'behind' of '" + text(file, asked, "name") + "': " + wrong.getMessage());
        }
    }

    private static List<String> compared(Map<String, Object> asked, Judgement judgement, Path leaving)
            throws IOException {
        var wrong = new ArrayList<String>();
        var verdict = judgement.verdict().name().toLowerCase(Locale.ROOT);
        if (asked.containsKey("verdict") && !verdict.equals(asked.get("verdict"))) {
            wrong.add("verdict: expected " + asked.get("verdict") + ", is " + verdict);
        }
        var hit = judgement.findings().stream()
                .map(Finding::rule)
                .distinct()
                .sorted()
                .toList();
        if (asked.get("finds") instanceof List<?> finds && !hit.containsAll(finds)) {
            wrong.add("finds: expected " + finds + ", found " + hit);
        }
        if (asked.get("lacks") instanceof List<?> lacks && lacks.stream().anyMatch(hit::contains)) {
            wrong.add("lacks: expected none of " + lacks + ", found " + hit);
        }
        if (asked.containsKey("amended")) {
            var file = judgement.amended().isEmpty() ? judgement.files() : judgement.amended();
            var is = file.isEmpty()
                    ? ""
                    : Files.readString(leaving.resolve(file.getFirst().name()));
            if (!is.equals(asked.get("amended"))) {
                wrong.add("amended: expected " + asked.get("amended") + ", is " + is);
            }
        }
        return wrong;
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            all.sorted(java.util.Comparator.reverseOrder())
                    .forEach(each -> each.toFile().delete());
        }
    }

    private static Object load(Path file) {
        try {
            Object loaded = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            return loaded == null ? "" : loaded;
        } catch (IOException absent) {
            throw new Unreadable(file.toString(), 0, 0, "cannot be read");
        } catch (YAMLException broken) {
            throw new Unreadable(file.toString(), 0, 0, "is not YAML: " + broken.getMessage());
        }
    }

    private static RulePack pack(Path file, String rules) {
        if (!rules.endsWith(".yaml") && !rules.endsWith(".yml")) {
            return RulePacks.load(rules);
        }
        var beside = file.resolveSibling(rules);
        try {
            return RulePackParser.parse(rules, Files.readString(beside));
        } catch (IOException absent) {
            throw new Unreadable(beside.toString(), 0, 0, "cannot be read");
        }
    }

    private static Map<String, Object> mapping(Path file, Object node, String what) {
        if (!(node instanceof Map<?, ?> map)) {
            throw new Unreadable(file.toString(), 0, 0, what + " must be a mapping of keys to values");
        }
        var keys = new TreeMap<String, Object>();
        map.forEach((key, value) -> {
            if (value != null) {
                keys.put(String.valueOf(key), value);
            }
        });
        return keys;
    }

    private static String text(Path file, Map<String, Object> mapping, String key) {
        if (mapping.get(key) instanceof String text && !text.isBlank()) {
            return text;
        }
        throw new Unreadable(file.toString(), 0, 0, "'" + key + "' must be a text that is not empty");
    }
}
