package org.sekisho.gateway.airlock;

import java.util.List;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.intake.TakenFile;
import org.sekisho.gateway.project.Permit;

/**
 * Files that somebody wants to take out of a workspace.
 *
 * @param id of the output to be, whose folder has the files already
 * @param context what the author says of them
 * @param files at least one
 */
public record Submission(
        String id, Permit permit, User author, String workspace, String context, List<TakenFile> files) {
    private static final int LONGEST_TITLE = 80;

    public Submission {
        files = List.copyOf(files);
        if (files.isEmpty()) {
            throw new IllegalArgumentException("nothing is submitted");
        }
    }

    /** The first file, and how many there are besides. */
    String title() {
        var first = files.getFirst().name();
        var title = files.size() == 1 ? first : first + " +" + (files.size() - 1);
        return title.length() <= LONGEST_TITLE ? title : title.substring(0, title.offsetByCodePoints(0, 60)) + "…";
    }
}
