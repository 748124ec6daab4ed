package org.sekisho.gateway.ingress;

import java.util.List;
import java.util.Locale;

/** A package by its own name and version, and whether a permit names it. */
record Software(String name, String version) {
    /**
     * @param permitted as permits write them: {@code lifelines} for any version, {@code lifelines==0.30.0} for one.
     *     Case, hyphens, underscores and dots in names make no difference, as in PEP 503.
     */
    boolean isPermittedBy(List<String> permitted) {
        return permitted.stream().anyMatch(entry -> {
            var halves = entry.split("==", 2);
            return normal(halves[0]).equals(normal(name))
                    && (halves.length == 1 || halves[1].strip().equals(version));
        });
    }

    static String normal(String name) {
        return name.strip().replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
    }

    String words() {
        return (name + " " + version).strip();
    }
}
