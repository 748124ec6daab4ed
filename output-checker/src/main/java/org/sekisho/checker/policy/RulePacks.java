package org.sekisho.checker.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.file.Unreadable;

/** The rule packs that ship with the checker. */
public final class RulePacks {
    private static final List<String> NAMES =
            List.of("ndb", "kaigo", "nanbyo-shoman", "sacro", "ehds", "opensafely", "abs-datalab", "us-census-drb");

    private RulePacks() {}

    public static List<RulePack> all() {
        return NAMES.stream().map(RulePacks::shipped).toList();
    }

    /**
     * @param name {@code ndb}, or with its version {@code ndb@2024-11}
     * @throws Unreadable when there is no such pack or version
     */
    public static RulePack load(String name) {
        return all().stream()
                .filter(pack -> pack.name().equals(name) || pack.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new Unreadable(
                        name,
                        0,
                        0,
                        "この名前のルールパックはありません。使えるもの: " + known(),
                        "there is no rule pack of this name; known: " + known()));
    }

    /** @return whether {@link #load} would find it */
    public static boolean knows(@Nullable String name) {
        return all().stream()
                .anyMatch(pack -> pack.name().equals(name) || pack.id().equals(name));
    }

    private static String known() {
        return String.join(", ", all().stream().map(RulePack::id).toList());
    }

    private static RulePack shipped(String name) {
        var file = name + ".yaml";
        try (InputStream in = RulePacks.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("rule pack " + file + " is not in the jar");
            }
            return RulePackParser.parse(file, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
