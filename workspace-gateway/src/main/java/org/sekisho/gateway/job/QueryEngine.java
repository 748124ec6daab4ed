package org.sekisho.gateway.job;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.Progress;
import org.sekisho.engine.worker.QueryAnswer;
import org.sekisho.gateway.project.Permit;

/** What jobs and the airlock ask of the engine. Every call blocks. */
public interface QueryEngine {
    /** The data of a project under its permit; builds it when it is not there. */
    Provision provide(Permit permit);

    /** Whether {@link #provide} would have to build. */
    boolean isProvided(Permit permit);

    /** Writes {@code result.arrow} into the directory. */
    QueryAnswer run(
            Provision provision, String sql, Path directory, Cancellation cancellation, Consumer<Progress> progress);

    /** Writes who stands behind each cell beside the result, or why it is unknown. */
    void explain(Provision provision, String sql, Path directory, Cancellation cancellation);

    /** Numbers of a project's persons who turned out to be others, with the numbers by which they go now. */
    Map<Integer, Integer> mergedPersons(String project);

    /** The provision of this name, if it still exists. */
    Optional<Provision> provision(Permit permit, String id);
}
