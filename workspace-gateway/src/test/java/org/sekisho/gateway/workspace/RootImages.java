package org.sekisho.gateway.workspace;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;

/** Images whose roots a test knows; one that it does not know cannot be built. */
public record RootImages(Map<String, Path> roots) implements Images {
    @Override
    public Optional<Path> root(String name) {
        return Optional.ofNullable(roots.get(name));
    }

    @Override
    public Building build(String name) {
        @Nullable Path root = roots.get(name);
        return new Building() {
            @Override
            public ImageState state() {
                return RootImages.state(name, root != null);
            }

            @Override
            public CompletionStage<Path> root() {
                return root != null
                        ? CompletableFuture.completedStage(root)
                        : CompletableFuture.failedStage(
                                new ImageUnavailable(new Text("作れません。", "It cannot be built.")));
            }
        };
    }

    @Override
    public List<ImageState> all() {
        return Stream.concat(Stream.of("desktop", "guacd"), roots.keySet().stream())
                .distinct()
                .map(name -> state(name, roots.containsKey(name)))
                .toList();
    }

    private static ImageState state(String name, boolean built) {
        return new ImageState(
                name, built ? ImageState.Phase.BUILT : ImageState.Phase.FAILED, null, null, built ? "0" : null);
    }
}
