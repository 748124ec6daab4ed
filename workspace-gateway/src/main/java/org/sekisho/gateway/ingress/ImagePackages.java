package org.sekisho.gateway.ingress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.ingress.ImageReport.PackageChange;

/** Which packages the layers over the base bring, by what package managers leave behind. Nobody has to tell the truth there. */
final class ImagePackages {
    private static final String STATUS = "var/lib/dpkg/status";
    private static final Pattern R = Pattern.compile("(.*/)?(site-)?library/[^/]+/DESCRIPTION");
    private static final Pattern PYTHON = Pattern.compile("(?:.*/)?([^/]+?)-([^/-]+)\\.dist-info/METADATA");
    private static final int LONGEST_STATUS = 32 << 20;
    private static final int LONGEST_DESCRIPTION = 64 << 10;
    private static final int MOST = 300;

    private final int firstAdded;
    private final Map<String, PackageChange> r = new TreeMap<>();
    private Map<String, String> before = Map.of();
    private Map<String, String> after = Map.of();

    /** @param firstAdded the lowest layer that is not of the base */
    ImagePackages(int firstAdded) {
        this.firstAdded = firstAdded;
    }

    /** How many bytes of a file are wanted. */
    int wants(int layer, String path) {
        if (path.equals(STATUS)) {
            return LONGEST_STATUS;
        }
        return layer >= firstAdded && R.matcher(path).matches() ? LONGEST_DESCRIPTION : 0;
    }

    void read(int layer, String path, byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (path.equals(STATUS)) {
            after = status(text);
            before = layer < firstAdded ? after : before;
        } else {
            r.put(
                    path,
                    new PackageChange(shown(Wheel.field(text, "Package")), null, shown(Wheel.field(text, "Version"))));
        }
    }

    private static Map<String, String> status(String text) {
        var versions = new TreeMap<String, String>();
        for (var stanza : text.split("\n\n")) {
            if (Wheel.field(stanza, "Status").endsWith(" installed")) {
                versions.put(shown(Wheel.field(stanza, "Package")), shown(Wheel.field(stanza, "Version")));
            }
        }
        return versions;
    }

    /** In the order of names, 300 at most. */
    List<PackageChange> debian() {
        var names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !shownOf(before, name).equals(shownOf(after, name)))
                .map(name -> new PackageChange(name, before.get(name), after.get(name)))
                .limit(MOST)
                .toList();
    }

    List<PackageChange> python(ImageTree tree) {
        var found = new ArrayList<PackageChange>();
        tree.each((path, node) -> {
            var named = PYTHON.matcher(path);
            if (found.size() < MOST && node.layer() >= firstAdded && named.matches()) {
                found.add(new PackageChange(shown(named.group(1)), null, shown(named.group(2))));
            }
        });
        return found;
    }

    List<PackageChange> r(ImageTree tree) {
        return r.entrySet().stream()
                .filter(each -> {
                    var node = tree.find(each.getKey());
                    return node != null && node.layer() >= firstAdded;
                })
                .map(Map.Entry::getValue)
                .limit(MOST)
                .toList();
    }

    private static String shownOf(Map<String, String> versions, String name) {
        @Nullable String version = versions.get(name);
        return version == null ? "" : version;
    }

    private static String shown(String text) {
        return Names.visible(text);
    }
}
