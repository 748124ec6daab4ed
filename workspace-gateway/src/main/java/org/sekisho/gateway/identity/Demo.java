package org.sekisho.gateway.identity;

import java.util.List;

/** The people of the demo, for a loopback address only. */
final class Demo {
    record Person(String name, String displayName, Role role) {}

    static final List<Person> PEOPLE = List.of(
            new Person("researcher", "佐藤 美咲 (Sato Misaki)", Role.RESEARCHER),
            new Person("analyst", "鈴木 健 (Suzuki Ken)", Role.ANALYST),
            new Person("checker", "高橋 直子 (Takahashi Naoko)", Role.CHECKER),
            new Person("checker2", "田中 誠 (Tanaka Makoto)", Role.CHECKER),
            new Person("security", "伊藤 翔 (Ito Sho)", Role.SECURITY),
            new Person("steward", "渡辺 恵 (Watanabe Megumi)", Role.STEWARD),
            new Person("reviewer", "山本 修 (Yamamoto Osamu)", Role.REVIEWER),
            new Person("admin", "中村 葵 (Nakamura Aoi)", Role.ADMIN));

    private Demo() {}
}
