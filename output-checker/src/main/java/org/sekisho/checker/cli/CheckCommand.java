package org.sekisho.checker.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.CheckedFile;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.OutputChecker;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePackParser;
import org.sekisho.checker.policy.RulePacks;

/**
 * {@code check FILE... --rules NAME [--json] [--lang ja|en] [--out DIR]}: judges finished files (tables, notebooks,
 * figures, text), several as what somebody submits together, and says what it found in plain words. {@code --out}
 * receives what would leave. A rule pack is a name or the path of a YAML file. Exit 0 when all is clear (a file that
 * carries no statement of contributions never is), 1 when it is not, 2 when the input cannot be used.
 */
public final class CheckCommand {
    private static final int NAMES_AT_MOST = 5;
    private static final String USAGE =
            "usage: check FILE... --rules NAME|PACK.yaml [--json] [--lang ja|en] [--out DIR]";

    private final PrintStream out;
    private final PrintStream err;
    private final List<Path> files = new ArrayList<>();
    private @Nullable String rules;
    private @Nullable Path directory;
    private boolean japanese = MachineLanguage.isJapanese(System.getenv());
    private boolean json;

    CheckCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new CheckCommand(
                        new PrintStream(System.out, true, StandardCharsets.UTF_8),
                        new PrintStream(System.err, true, StandardCharsets.UTF_8))
                .run(arguments));
    }

    int run(String... arguments) {
        try {
            if (List.of(arguments).contains("--help")) {
                out.println(USAGE);
                return 0;
            }
            parse(List.of(arguments).iterator());
            var checker = OutputChecker.with(pack());
            files.forEach(CheckCommand::mustExist);
            prepare();
            var judgement = judgement(checker);
            var unreadable = judgement.findings().stream()
                    .filter(finding -> finding.rule().equals("unreadable"))
                    .toList();
            if (files.size() > 1 || json || unreadable.isEmpty()) {
                print(judgement);
            }
            unreadable.forEach(finding -> err.println(
                    japanese ? finding.message().ja() : finding.message().en()));
            return !unreadable.isEmpty() ? 2 : judgement.verdict() == Verdict.CLEAR ? 0 : 1;
        } catch (Unreadable unusable) {
            err.println(japanese ? unusable.japanese() : unusable.getMessage());
            return 2;
        } catch (UncheckedIOException broken) {
            err.println("check: reading or writing failed: " + broken.getCause());
            return 2;
        }
    }

    private void parse(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            var argument = arguments.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--lang" -> japanese = isJapanese(value(argument, arguments));
                case "--rules" -> rules = value(argument, arguments);
                case "--out" -> directory = Path.of(value(argument, arguments));
                default -> {
                    if (argument.startsWith("--")) {
                        throw usage("使えない指定です: " + argument, "unknown option " + argument);
                    }
                    files.add(Path.of(argument));
                }
            }
        }
        if (files.isEmpty()) {
            throw usage("ファイルが指定されていません", "no file given");
        }
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw usage(option + " に値がありません", option + " needs a value");
        }
        return arguments.next();
    }

    private static boolean isJapanese(String language) {
        if (!language.equals("ja") && !language.equals("en")) {
            throw usage("--lang は ja か en です（" + language + " ではなく）", "--lang takes ja or en, not " + language);
        }
        return language.equals("ja");
    }

    private static Unreadable usage(String japanese, String what) {
        return new Unreadable("check", 0, 0, japanese + "\n" + USAGE, what + "\n" + USAGE);
    }

    private RulePack pack() {
        if (rules == null) {
            var known =
                    String.join(", ", RulePacks.all().stream().map(RulePack::id).toList());
            throw usage("--rules がありません。使えるもの: " + known, "--rules is missing; known: " + known);
        }
        if (!rules.endsWith(".yaml") && !rules.endsWith(".yml")) {
            return RulePacks.load(rules);
        }
        try {
            return RulePackParser.parse(rules, Files.readString(Path.of(rules)));
        } catch (IOException broken) {
            throw new Unreadable(rules, 0, 0, "読めません", "cannot be read");
        }
    }

    private static void mustExist(Path file) {
        if (Files.isDirectory(file)) {
            throw new Unreadable(file.toString(), 0, 0, "フォルダーです。中のファイルを指定してください", "is a folder; name the files in it");
        }
        if (!Files.isRegularFile(file)) {
            throw new Unreadable(file.toString(), 0, 0, "このファイルはありません", "there is no such file");
        }
    }

    /** What leaves has the names of what was submitted, and must not take its place. */
    private void prepare() {
        if (directory == null) {
            return;
        }
        try {
            var real = Files.createDirectories(directory).toRealPath();
            for (var file : files) {
                if (real.equals(file.toRealPath().getParent())) {
                    throw new Unreadable(
                            directory.toString(),
                            0,
                            0,
                            file.getFileName() + " そのものがあるフォルダーです。--out には別のフォルダーを指定してください",
                            "holds " + file.getFileName() + " itself; give --out a folder of its own");
                }
            }
        } catch (IOException broken) {
            throw new Unreadable(
                    directory.toString(), 0, 0, "書き込めるフォルダーではありません", "is no folder that can be written to");
        }
    }

    /** What would leave is written aside first, and moved only when it is not refused. */
    private Judgement judgement(OutputChecker checker) {
        try {
            var aside = Files.createTempDirectory("sekisho-check");
            try {
                var judgement = checker.judgeFiles(files, aside);
                if (directory != null && judgement.verdict() != Verdict.REFUSE) {
                    for (var file : written(judgement)) {
                        Files.move(
                                aside.resolve(file.name()),
                                directory.resolve(file.name()),
                                StandardCopyOption.REPLACE_EXISTING);
                    }
                }
                return judgement;
            } finally {
                try (var left = Files.list(aside)) {
                    left.forEach(each -> each.toFile().delete());
                }
                Files.delete(aside);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static List<CheckedFile> written(Judgement judgement) {
        return Stream.concat(judgement.files().stream(), judgement.amended().stream())
                .toList();
    }

    private void print(Judgement judgement) {
        if (json) {
            out.println(JudgementJson.write(judgement));
            return;
        }
        var names = files.stream().limit(NAMES_AT_MOST).map(Path::toString).collect(Collectors.joining(", "));
        new Explanation(out, japanese)
                .print(files.size() > NAMES_AT_MOST ? names + ", … " + files.size() : names, judgement);
    }
}
