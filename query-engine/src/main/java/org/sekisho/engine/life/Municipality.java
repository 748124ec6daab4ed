package org.sekisho.engine.life;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A city, town or village with an invented name.
 *
 * @param code five digits like JIS X 0402, without the check digit: prefecture, then 201 and up for cities, 301 and up
 *     for towns and villages
 */
record Municipality(Prefecture prefecture, String code, String ja, String en, int inhabitants) {
    private static final String[] FIRST_JA = {
        "東", "西", "南", "北", "上", "下", "大", "小", "中", "新", "高", "長", "白", "青", "松", "竹", "梅", "石", "藤", "朝"
    };
    private static final String[] FIRST_EN = {
        "Higashi", "Nishi", "Minami", "Kita", "Kami", "Shimo", "O", "Ko", "Naka", "Nii", "Taka", "Naga", "Shira", "Ao",
        "Matsu", "Take", "Ume", "Ishi", "Fuji", "Asa"
    };
    private static final String[] SECOND_JA = {
        "川", "山", "野", "田", "島", "原", "浜", "沢", "谷", "崎", "岡", "津", "瀬", "森", "坂", "井", "里", "宮", "倉", "池"
    };
    private static final String[] SECOND_EN = {
        "kawa", "yama", "no", "da", "shima", "hara", "hama", "sawa", "tani", "saki", "oka", "tsu", "se", "mori", "saka",
        "i", "sato", "miya", "kura", "ike"
    };

    /** A fifth of the places are towns and villages of fewer than 2,000 inhabitants. */
    static List<Municipality> of(Prefecture prefecture) {
        var random = new SplittableRandom(prefecture.code());
        var places = 12 + prefecture.thousands() / 180;
        var cities = places * 2 / 5;
        var names = new HashSet<String>();
        var all = new ArrayList<Municipality>();
        for (var i = 0; i < places; i++) {
            all.add(place(prefecture, random, names, i, cities, places));
        }
        return List.copyOf(all);
    }

    private static Municipality place(
            Prefecture prefecture, SplittableRandom random, HashSet<String> names, int i, int cities, int places) {
        var a = random.nextInt(FIRST_JA.length);
        var b = random.nextInt(SECOND_JA.length);
        while (!names.add(a + "/" + b)) {
            a = random.nextInt(FIRST_JA.length);
            b = random.nextInt(SECOND_JA.length);
        }
        var city = i < cities;
        var village = !city && i % 3 == 0;
        var small = i >= places * 4 / 5;
        var inhabitants = small
                ? 180 + random.nextInt(1_800)
                : (int) (prefecture.thousands() * 1000L * 0.3 / Math.pow(i + 1, 1.05)) / 10 * 10;
        var number = city ? 201 + i : 301 + (i - cities) * 2;
        return new Municipality(
                prefecture,
                prefecture.jis() + number,
                FIRST_JA[a] + SECOND_JA[b] + (city ? "市" : village ? "村" : "町"),
                FIRST_EN[a] + SECOND_EN[b] + (city ? "-shi" : village ? "-mura" : "-cho"),
                inhabitants);
    }
}
