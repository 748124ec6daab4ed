package org.sekisho.checker.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.exact.Search;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.spec.Tables;

/**
 * {@code protect TABLE.csv --spec SPEC.json --out DIR [--seconds N]}: hides in one finished table what the
 * specification makes primary and as little else as it can find in the time. Exit 0 when every primary cell is
 * protected, 2 when the input is refused, 3 when some primary cell is not protected (the report says which).
 */
public final class ProtectCommand {
    private static final double SECONDS = 60;
    private static final double SECONDS_AT_MOST = 1e7;

    private final PrintStream err;
    private @Nullable Path table;
    private @Nullable Path spec;
    private @Nullable Path directory;
    private double seconds = SECONDS;

    ProtectCommand(PrintStream err) {
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(new ProtectCommand(new PrintStream(System.err, true, StandardCharsets.UTF_8)).run(arguments));
    }

    int run(String... arguments) {
        long begin = System.nanoTime();
        try {
            parse(List.of(arguments).iterator());
            if (table == null || spec == null || directory == null) {
                throw usage("TABLE.csv, --spec and --out are needed");
            }
            Files.createDirectories(directory);
            keep(table, directory.resolve(ProtectionReport.file(0)));
            var tables = Tables.read(table, spec);
            double search = Math.max(seconds / 4, seconds - ProtectionReport.seconds(tables));
            var report = protect(tables, () -> search - (System.nanoTime() - begin) / 1e9);
            for (int each = 0; each < tables.tasks().size(); each++) {
                Files.writeString(directory.resolve(ProtectionReport.file(each)), report.table(each));
            }
            Files.writeString(directory.resolve("report.json"), report.json((System.nanoTime() - begin) / 1e9));
            report.unprotected().stream().limit(20).forEach(err::println);
            report.notes().stream().limit(20).forEach(err::println);
            return report.unprotected().isEmpty() ? 0 : 3;
        } catch (Unreadable unusable) {
            err.println(unusable.getMessage());
            return 2;
        } catch (IOException broken) {
            err.println("protect: cannot write to " + directory + "; is there room, and may you write there?");
            return 2;
        }
    }

    /**
     * Whom a single contributor could find out is known only when there is a pattern; what the attack finds is asked for
     * besides, until it finds nothing more. Each pattern costs the least of those that meet what was asked for so far, so
     * that the last one costs the least of all. What is asked for because counts are whole numbers asks for more than
     * there is need of: then the pattern is called cheapest only where it costs no more than the first one.
     */
    private static ProtectionReport protect(Tables tables, DoubleSupplier secondsLeft) {
        var problem = tables.problem();
        var demands = new LinkedHashSet<>(problem.demands());
        var cheapest = OptionalDouble.empty();
        boolean wider = false;
        while (true) {
            double kept = tables.singletons().isEmpty() ? 0 : secondsLeft.getAsDouble() / 2;
            var result = Search.run(problem.asking(List.copyOf(demands)), () -> secondsLeft.getAsDouble() - kept);
            if (!wider) {
                cheapest = result.bound();
            }
            var report = ProtectionReport.of(tables, wider ? result.above(cheapest) : result);
            wider |= !report.wider().isEmpty();
            boolean more = demands.addAll(report.undone());
            more |= demands.addAll(report.wider());
            if (!more || secondsLeft.getAsDouble() <= 0) {
                return report;
            }
        }
    }

    private static void keep(Path table, Path written) throws IOException {
        if (Files.exists(table) && Files.exists(written) && Files.isSameFile(table, written)) {
            throw new Unreadable(
                    "protect", 0, 0, "--out would overwrite " + table.getFileName() + "; name another folder");
        }
    }

    private void parse(Iterator<String> arguments) {
        while (arguments.hasNext()) {
            var argument = arguments.next();
            switch (argument) {
                case "--spec" -> spec = Path.of(value(argument, arguments));
                case "--out" -> directory = Path.of(value(argument, arguments));
                case "--seconds" -> seconds = seconds(value(argument, arguments));
                default -> {
                    if (argument.startsWith("--") || table != null) {
                        throw usage("unknown argument " + argument);
                    }
                    table = Path.of(argument);
                }
            }
        }
    }

    private static double seconds(String text) {
        try {
            double seconds = Double.parseDouble(text);
            if (seconds >= 0 && seconds <= SECONDS_AT_MOST) {
                return seconds;
            }
        } catch (NumberFormatException notOne) {
            throw usage("--seconds needs a number, not " + text);
        }
        throw usage("--seconds needs a number of 0 or more");
    }

    private static String value(String option, Iterator<String> arguments) {
        if (!arguments.hasNext()) {
            throw usage(option + " needs a value");
        }
        return arguments.next();
    }

    private static Unreadable usage(String what) {
        return new Unreadable(
                "protect", 0, 0, what + "\nusage: protect TABLE.csv --spec SPEC.json --out DIR [--seconds N]");
    }
}
