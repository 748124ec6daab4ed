package org.sekisho.gateway.airlock;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.intake.TakenFile;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.project.Permit;

/**
 * What becomes an output.
 *
 * @param author id of a user
 * @param job that made it, and that ends with it
 * @param provision id of the data it was made of
 * @param names under which its files would leave
 * @param files as they were given; none for the result of a statement
 * @param result SHA-256 of what is held; of several files, of their {@link Manifest}. For a seal, and never stored
 */
record Held(
        String id,
        Permit permit,
        String author,
        @Nullable String job,
        String title,
        Origin origin,
        @Nullable String workspace,
        String context,
        String provision,
        List<String> names,
        List<TakenFile> files,
        String result) {
    static Held ofQuery(Job job, Permit permit, String provision, String file, String sha256) {
        return new Held(
                job.outputId(),
                permit,
                job.author(),
                job.id(),
                job.title(),
                Origin.QUERY,
                null,
                "",
                provision,
                List.of(file),
                List.of(),
                sha256);
    }

    static Held ofNotebook(Job job, Permit permit, String provision, List<TakenFile> files) {
        return ofFiles(
                job.outputId(),
                permit,
                job.author(),
                job.id(),
                job.title(),
                Origin.NOTEBOOK,
                null,
                job.context(),
                provision,
                files);
    }

    static Held ofWorkspace(Submission submission, String provision) {
        return ofFiles(
                submission.id(),
                submission.permit(),
                submission.author().id(),
                null,
                submission.title(),
                Origin.WORKSPACE,
                submission.workspace(),
                submission.context(),
                provision,
                submission.files());
    }

    private static Held ofFiles(
            String id,
            Permit permit,
            String author,
            @Nullable String job,
            String title,
            Origin origin,
            @Nullable String workspace,
            String context,
            String provision,
            List<TakenFile> files) {
        var result = Manifest.sha256(files.stream().map(file -> new Manifest.Line(file.name(), file.sha256())));
        return new Held(
                id,
                permit,
                author,
                job,
                title,
                origin,
                workspace,
                context,
                provision,
                files.stream().map(TakenFile::name).toList(),
                files,
                result);
    }
}
