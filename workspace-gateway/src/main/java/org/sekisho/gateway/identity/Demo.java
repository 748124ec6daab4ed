package org.sekisho.gateway.identity;

import java.util.List;

/** The people of the demo, for a loopback address only. */
final class Demo {
    record Person(String name, String displayName, Role role) {}

    static final List<Person> PEOPLE = List.of(
            new Person("researcher", "研究者 佐藤 Sato", Role.RESEARCHER),
            new Person("analyst", "解析者 鈴木 Suzuki", Role.ANALYST),
            new Person("checker", "出力確認者 高橋 Takahashi", Role.CHECKER),
            new Person("checker2", "出力確認者 田中 Tanaka", Role.CHECKER),
            new Person("security", "セキュリティ 伊藤 Ito", Role.SECURITY),
            new Person("steward", "データ管理者 渡辺 Watanabe", Role.STEWARD),
            new Person("reviewer", "審査者 山本 Yamamoto", Role.REVIEWER),
            new Person("admin", "システム管理者 中村 Nakamura", Role.ADMIN));

    private Demo() {}
}
