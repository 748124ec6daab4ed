package org.sekisho.gateway.closing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a project has in a home, by the names under which it lies there.
 *
 * @param workspaces whose recordings there may be
 * @param people who have a home in it
 * @param images digests of images that no other project has brought in
 */
record Belongings(
        String project,
        List<String> outputs,
        List<String> jobs,
        List<String> inputs,
        List<String> workspaces,
        List<String> people,
        List<String> images) {
    /** Every place, whether there is something or not. Nothing of another project lies at or below one of them. */
    List<Path> places(Path home) {
        var places = new ArrayList<Path>();
        places.add(home.resolve("provisions").resolve(project));
        places.add(home.resolve("ledger").resolve(project));
        places.add(home.resolve("inputs/delivered").resolve(project));
        places.add(home.resolve("keys/project-" + project + ".key"));
        outputs.forEach(id -> places.add(home.resolve("held").resolve(id)));
        inputs.forEach(id -> places.add(home.resolve("inputs").resolve(id)));
        workspaces.forEach(id -> {
            places.add(home.resolve("recordings").resolve(id));
            places.add(home.resolve("run/w").resolve(id));
        });
        people.forEach(person -> {
            var named = project + "-" + person;
            places.add(home.resolve("homes").resolve(named + ".ext4"));
            places.add(home.resolve("homes").resolve(named + ".d"));
        });
        jobs.forEach(id -> {
            places.add(home.resolve("held").resolve("o" + id.substring(1)));
            places.add(home.resolve("notebooks").resolve(id + ".ipynb"));
            places.add(home.resolve("notebooks").resolve(id + ".part"));
            places.add(home.resolve("homes").resolve("fresh-" + id + ".ext4"));
            places.add(home.resolve("homes").resolve("fresh-" + id + ".d"));
            places.add(home.resolve("run/n").resolve(id));
        });
        images.forEach(digest -> places.add(home.resolve("images").resolve(digest.replaceFirst("^sha256:", ""))));
        return places;
    }
}
