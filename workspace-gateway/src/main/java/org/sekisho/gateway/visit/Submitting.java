package org.sekisho.gateway.visit;

import java.nio.file.Path;
import java.util.List;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.airlock.Airlock;
import org.sekisho.gateway.airlock.HeldFolders;
import org.sekisho.gateway.airlock.Output;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.airlock.Submission;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.intake.Intake;
import org.sekisho.gateway.intake.Taking;
import org.sekisho.gateway.job.Provisioning;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Ids;

/** Files of a workspace become an output. Whether the person may has been asked before. */
public final class Submitting {
    /** The directory in a home that files are taken from. */
    static final String FROM = "outputs";

    static final int MOST_FILES = 20;
    static final long MOST_BYTES = 64L << 20;
    private static final int MOST_UNDECIDED = 50;

    private final Airlock airlock;
    private final HeldFolders held;
    private final Outputs outputs;
    private final Provisioning provisioning;
    private final Projects projects;
    private final Intake intake = new Intake(MOST_FILES, MOST_BYTES);

    public Submitting(
            Airlock airlock, HeldFolders held, Outputs outputs, Provisioning provisioning, Projects projects) {
        this.airlock = airlock;
        this.held = held;
        this.outputs = outputs;
        this.provisioning = provisioning;
        this.projects = projects;
    }

    /** The answer. */
    public sealed interface Submitted {
        record Begun(Output output) implements Submitted {}

        record NotTaken(Taking.NotTaken refused) implements Submitted {}

        /** As many of this person wait as people can review. */
        record TooMany() implements Submitted {}
    }

    /** Why not, for people: the path and what is wrong with it. */
    public static Text words(Taking.NotTaken refused) {
        return Problem.ofFiles(refused).words();
    }

    /**
     * @param home in the hands of the visitor
     * @param paths below {@code outputs} in it
     */
    public Submitted submit(
            User author, Permit permit, String workspace, Path home, List<String> paths, String context) {
        if (outputs.undecided(permit.project(), author.id()) >= MOST_UNDECIDED) {
            return new Submitted.TooMany();
        }
        return projects.during(permit.project(), () -> taken(author, permit, workspace, home, paths, context))
                .orElseThrow(() -> new IllegalStateException("the project is closed"));
    }

    private Submitted taken(
            User author, Permit permit, String workspace, Path home, List<String> paths, String context) {
        var id = Ids.fresh("o");
        var begun = false;
        try {
            return switch (intake.take(home, FROM, paths, held.emptyForFiles(permit.project(), id))) {
                case Taking.NotTaken refused -> new Submitted.NotTaken(refused);
                case Taking.Taken(var files) -> {
                    var submission = new Submission(id, permit, author, workspace, context, files);
                    var output = airlock.submit(submission, provisioning.of(permit));
                    begun = true;
                    yield new Submitted.Begun(output);
                }
            };
        } finally {
            if (!begun && outputs.find(id).isEmpty()) {
                held.remove(permit.project(), id);
            }
        }
    }
}
