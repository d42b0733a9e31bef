#include "engine/store/crc32c.h"

#include <QTest>

#include <string>

using engine::crc32c;

class Crc32cTest : public QObject
{
    Q_OBJECT

private slots:
    void knownTextsHaveTheirKnownChecksums_data();
    void knownTextsHaveTheirKnownChecksums();
    void partsGiveTheSameAsTheWhole();
};

void Crc32cTest::knownTextsHaveTheirKnownChecksums_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<quint32>("checksum");
    QByteArray ascending;
    for (char c = 0; c < 32; ++c)
        ascending.append(c);
    // RFC 3720, B.4
    QTest::newRow("zeros") << QByteArray(32, '\0') << 0x8a9136aaU;
    QTest::newRow("ones") << QByteArray(32, '\xff') << 0x62a8ab43U;
    QTest::newRow("ascending") << ascending << 0x46dd794eU;
    QTest::newRow("digits") << QByteArrayLiteral("123456789") << 0xe3069283U;
    QTest::newRow("nothing") << QByteArray() << 0U;
}

void Crc32cTest::knownTextsHaveTheirKnownChecksums()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const quint32, checksum);
    const std::string_view text(bytes.data(), static_cast<std::size_t>(bytes.size()));
    QCOMPARE(crc32c(text), checksum);
    QCOMPARE(engine::crc32cByTable(text), checksum);
}

void Crc32cTest::partsGiveTheSameAsTheWhole()
{
    const std::string text = "a row of history, cut anywhere";
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
        QCOMPARE(crc32c(text.substr(cut), crc32c(text.substr(0, cut))), crc32c(text));
        QCOMPARE(engine::crc32cByTable(text.substr(cut), crc32c(text.substr(0, cut))), crc32c(text));
    }
}

QTEST_APPLESS_MAIN(Crc32cTest)
#include "crc32c_test.moc"
