package org.sekisho.gateway;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line as it was given. */
record Arguments(
        @Nullable Path home,
        @Nullable Integer port,
        @Nullable Integer opsPort,
        @Nullable Path config,
        @Nullable Path web,
        @Nullable Path images,
        @Nullable Boolean demo) {

    /** @throws IllegalArgumentException that names the argument */
    static Arguments parse(List<String> words) {
        var given = new Arguments(null, null, null, null, null, null, null);
        for (var rest = words.iterator(); rest.hasNext(); ) {
            given = given.and(rest.next(), rest);
        }
        return given;
    }

    private Arguments and(String name, Iterator<String> rest) {
        return switch (name) {
            case "--home" -> new Arguments(Path.of(value(name, rest)), port, opsPort, config, web, images, demo);
            case "--port" -> new Arguments(home, number(name, rest), opsPort, config, web, images, demo);
            case "--ops-port" -> new Arguments(home, port, number(name, rest), config, web, images, demo);
            case "--config" -> new Arguments(home, port, opsPort, Path.of(value(name, rest)), web, images, demo);
            case "--web" -> new Arguments(home, port, opsPort, config, Path.of(value(name, rest)), images, demo);
            case "--images" -> new Arguments(home, port, opsPort, config, web, Path.of(value(name, rest)), demo);
            case "--demo" -> new Arguments(home, port, opsPort, config, web, images, true);
            case "--no-demo" -> new Arguments(home, port, opsPort, config, web, images, false);
            default -> throw new IllegalArgumentException("there is no argument '" + name + "'");
        };
    }

    private static String value(String name, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(name + " needs a value");
        }
        return rest.next();
    }

    private static int number(String name, Iterator<String> rest) {
        var text = value(name, rest);
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " needs a number, not '" + text + "'");
        }
    }
}
