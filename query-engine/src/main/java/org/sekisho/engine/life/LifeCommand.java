package org.sekisho.engine.life;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.vault.Vault;

/** {@code life --persons N --seed S --home DIR --dataset NAME}: puts an invented population into the vault. */
public final class LifeCommand {
    private static final Map<String, String> DEFAULTS =
            Map.of("--persons", "100000", "--seed", "1", "--home", ".sekisho", "--dataset", "life");

    private LifeCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    /** 0, or 2 where the arguments or the vault do not allow it. */
    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            var options = options(arguments);
            var began = System.nanoTime();
            var snapshot = new Population(Vault.open(Path.of(value(options, "--home"))), number(options, "--seed"))
                    .generate(value(options, "--dataset"), Math.toIntExact(number(options, "--persons")));
            out.printf("%s: %,d persons", snapshot.name(), snapshot.persons());
            snapshot.rows().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(t -> out.printf(", %s %,d", t.getKey(), t.getValue()));
            out.printf(" in %.1f s%n", (System.nanoTime() - began) / 1e9);
            return 0;
        } catch (EngineException | ArithmeticException e) {
            err.println("life: " + e.getMessage());
            return 2;
        }
    }

    private static Map<String, String> options(List<String> arguments) {
        var options = new HashMap<>(DEFAULTS);
        for (var i = 0; i < arguments.size(); i += 2) {
            if (!DEFAULTS.containsKey(arguments.get(i)) || i + 1 == arguments.size()) {
                throw new EngineException(
                        "usage", "unexpected '" + arguments.get(i) + "'; options: --persons --seed --home --dataset");
            }
            options.put(arguments.get(i), arguments.get(i + 1));
        }
        return options;
    }

    private static String value(Map<String, String> options, String name) {
        return options.getOrDefault(name, "");
    }

    private static long number(Map<String, String> options, String name) {
        try {
            return Long.parseLong(value(options, name));
        } catch (NumberFormatException e) {
            throw new EngineException("usage", name + " takes a whole number", e);
        }
    }
}
