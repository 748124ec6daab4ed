package org.sekisho.engine.provision;

import java.nio.file.Path;
import java.util.List;

/**
 * Where everything of a project lies: one folder for each, {@code HOME/projects/<project>}, so that it can be under a key
 * of its own, and go as one.
 */
public interface ProjectFolders {
    /**
     * The folder of a project, which need not be there yet. Whoever makes it lets nobody else look into it. Ask again for
     * every use: what was given once may not be written to later.
     *
     * @throws IllegalArgumentException when this is not the id of a project
     * @throws IllegalStateException when nothing of this project may be written any more
     */
    Path of(String project);

    /** Those that have a folder. */
    List<String> projects();

    /** Folders as they are, in the clear. */
    static ProjectFolders in(Path home) {
        return new PlainFolders(home);
    }

    /** Whether it can be one: a disk of its own has other folders too. */
    static boolean isProject(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9_-]{0,80}");
    }

    /** Whatever comes from a request passes here before it becomes a path. */
    static String checked(String project) {
        if (!isProject(project)) {
            throw new IllegalArgumentException("not the id of a project");
        }
        return project;
    }
}
