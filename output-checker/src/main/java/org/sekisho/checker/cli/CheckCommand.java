package org.sekisho.checker.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.Judgement;
import org.sekisho.checker.JudgementJson;
import org.sekisho.checker.OutputChecker;
import org.sekisho.checker.Verdict;
import org.sekisho.checker.file.FileType;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.policy.RulePackParser;
import org.sekisho.checker.policy.RulePacks;

/**
 * {@code check FILE... --rules NAME [--json] [--out DIR]}: judges finished files (tables, notebooks, figures, text)
 * and says what it found in plain words. {@code --out} receives what would leave. A rule pack is a name or the path of a YAML file. Exit 0 when every file is clear (a file that carries no statement
 * of contributions never is), 1 when some is not, 2 when the input cannot be used.
 */
public final class CheckCommand {
    private final PrintStream out;
    private final PrintStream err;
    private final List<Path> files = new ArrayList<>();
    private @Nullable String rules;
    private @Nullable Path directory;
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
            parse(List.of(arguments).iterator());
            var checker = OutputChecker.with(pack());
            var worst = Verdict.CLEAR;
            for (var file : files) {
                worst = worst.or(check(checker, file));
            }
            return worst == Verdict.CLEAR ? 0 : 1;
        } catch (Unreadable unusable) {
            err.println(unusable.getMessage());
            return 2;
        }
    }

    private void parse(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            var argument = arguments.next();
            switch (argument) {
                case "--json" -> json = true;
                case "--rules" -> rules = value(argument, arguments);
                case "--out" -> directory = Path.of(value(argument, arguments));
                default -> {
                    if (argument.startsWith("--")) {
                        throw usage("unknown option " + argument);
                    }
                    files.add(Path.of(argument));
                }
            }
        }
        if (files.isEmpty()) {
            throw usage("no file given");
        }
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw usage(option + " needs a value");
        }
        return arguments.next();
    }

    private static Unreadable usage(String what) {
        return new Unreadable(
                "check", 0, 0, what + "\nusage: check FILE... --rules NAME|PACK.yaml [--json] [--out DIR]");
    }

    private RulePack pack() {
        if (rules == null) {
            throw usage("--rules is missing; known: "
                    + String.join(
                            ", ", RulePacks.all().stream().map(RulePack::id).toList()));
        }
        if (!rules.endsWith(".yaml") && !rules.endsWith(".yml")) {
            return RulePacks.load(rules);
        }
        try {
            return RulePackParser.parse(rules, Files.readString(Path.of(rules)));
        } catch (IOException broken) {
            throw new Unreadable(rules, 0, 0, "cannot be read");
        }
    }

    private Verdict check(OutputChecker checker, Path file) {
        if (!Files.isRegularFile(file)) {
            throw new Unreadable(file.toString(), 0, 0, "there is no such file");
        }
        var judgement = FileType.CSV.fits(String.valueOf(file.getFileName())) && FileType.of(file) == FileType.CSV
                ? checker.judgeFile(file, directory)
                : directory == null ? judgeInPassing(checker, file) : judge(checker, file, directory);
        if (json) {
            out.println(JudgementJson.write(judgement));
        } else {
            new Explanation(out).print(file.toString(), judgement);
        }
        return judgement.verdict();
    }

    private static Judgement judge(OutputChecker checker, Path file, Path directory) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new Unreadable(file.toString(), 0, 0, "is no file in a folder");
        }
        return checker.judgeFiles(folder, List.of(String.valueOf(file.getFileName())), directory);
    }

    /** Without a place to write to, what would leave is written and thrown away. */
    private static Judgement judgeInPassing(OutputChecker checker, Path file) {
        try {
            var passing = Files.createTempDirectory("sekisho-check");
            try {
                return judge(checker, file, passing);
            } finally {
                try (var written = Files.list(passing)) {
                    written.forEach(each -> each.toFile().delete());
                }
                Files.delete(passing);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
