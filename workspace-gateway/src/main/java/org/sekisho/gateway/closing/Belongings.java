package org.sekisho.gateway.closing;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a project has in a home beside its own folder, by the names under which it lies there.
 *
 * @param images digests of images that no other project has brought in
 */
record Belongings(String project, List<String> jobs, List<String> workspaces, List<String> images) {
    /** Each of those places, whether there is something or not. Nothing of another project lies at or below one of them. */
    List<Path> places(Path home) {
        var places = new ArrayList<Path>();
        places.add(home.resolve("keys/project-" + project + ".key"));
        workspaces.forEach(id -> places.add(home.resolve("run/w").resolve(id)));
        jobs.forEach(id -> places.add(home.resolve("run/n").resolve("nb-" + id.substring(2))));
        images.forEach(digest -> places.add(home.resolve("images").resolve(digest.replaceFirst("^sha256:", ""))));
        return places;
    }
}
