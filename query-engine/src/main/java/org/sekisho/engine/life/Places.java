package org.sekisho.engine.life;

import java.util.List;
import java.util.SplittableRandom;

/** Where the insured live, drawn by weight. */
final class Places {
    private final int[] prefectureEnds = new int[Prefecture.ALL.size()];
    private final List<List<Municipality>> municipalities =
            Prefecture.ALL.stream().map(Municipality::of).toList();

    Places() {
        var sum = 0;
        for (var i = 0; i < prefectureEnds.length; i++) {
            sum += Prefecture.ALL.get(i).perMillion();
            prefectureEnds[i] = sum;
        }
    }

    List<Municipality> all() {
        return municipalities.stream().flatMap(List::stream).toList();
    }

    Municipality draw(SplittableRandom random) {
        var ticket = random.nextInt(prefectureEnds[prefectureEnds.length - 1]);
        var prefecture = 0;
        while (prefectureEnds[prefecture] <= ticket) {
            prefecture++;
        }
        return within(municipalities.get(prefecture), random);
    }

    private static Municipality within(List<Municipality> places, SplittableRandom random) {
        var inhabitants = places.stream().mapToLong(Municipality::inhabitants).sum();
        var ticket = random.nextLong(inhabitants);
        var i = 0;
        while ((ticket -= places.get(i).inhabitants()) >= 0) {
            i++;
        }
        return places.get(i);
    }
}
