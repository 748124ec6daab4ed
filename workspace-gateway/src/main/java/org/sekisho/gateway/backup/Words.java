package org.sekisho.gateway.backup;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Options of a command, each with its value. */
record Words(Map<String, String> options) {
    /** Null when there is anything but these options. */
    static @Nullable Words of(List<String> arguments, String... known) {
        var options = new HashMap<String, String>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            var name = arguments.get(i);
            if (!name.startsWith("--") || !List.of(known).contains(name.substring(2))) {
                return null;
            }
            options.put(name.substring(2), arguments.get(i + 1));
        }
        return options.size() * 2 == arguments.size() ? new Words(options) : null;
    }

    boolean has(String... needed) {
        return options.keySet().containsAll(List.of(needed));
    }

    Path path(String name) {
        return Path.of(options.getOrDefault(name, "")).toAbsolutePath().normalize();
    }
}
