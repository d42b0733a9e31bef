#include "tests/fuzz/http_bytes.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

#include <random>

using namespace Qt::StringLiterals;
using tests::HttpBytes;

namespace {

struct Seed {
    QString name;
    std::string bytes; ///< without the first, which is for the fuzzer
};

std::vector<Seed> seeds()
{
    std::vector<Seed> all;
    QDirIterator files(QStringLiteral(SIGNALBOX_SOURCE_DIR "/tests/fuzz/corpus/http"), QDir::Files);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        all.push_back({file.fileName(), file.readAll().mid(1).toStdString()});
    }
    std::ranges::sort(all, {}, &Seed::name);
    return all;
}

QString listOf(const std::vector<int> &statuses)
{
    QStringList texts;
    for (const int status : statuses)
        texts += QString::number(status);
    return texts.join(u' ');
}

bool saysTheSame(const std::vector<int> &inPieces, std::vector<int> whole)
{
    if (inPieces.size() + 1 == whole.size() && whole.back() >= 400)
        whole.pop_back();
    return inPieces == whole;
}

std::string mutated(std::string bytes, std::mt19937 &random)
{
    const std::string_view odd("\0\r\n:;%/?#&+{}[]\"\\ \t,=\x7f\x80\xff", 24);
    const auto upTo = [&random](std::size_t bound) { return random() % (bound + 1); };
    for (std::size_t change = 1 + upTo(3); change > 0 && !bytes.empty(); --change) {
        const std::size_t at = upTo(bytes.size() - 1);
        switch (upTo(3)) {
        case 0: bytes[at] = static_cast<char>(random()); break;
        case 1: bytes.insert(at, 1, odd[upTo(odd.size() - 1)]); break;
        case 2: bytes.erase(at, 1 + upTo(8)); break;
        default: bytes.insert(upTo(bytes.size()), bytes.substr(at, upTo(40))); break;
        }
    }
    return bytes;
}

} // namespace

/// The requests that the fuzzer begins with and those that it has learned from, without the fuzzer.
class HttpCorpusTest : public QObject
{
    Q_OBJECT

private slots:
    /// However the bytes arrive, the answers are the same; but what never becomes a request can be
    /// refused at once when all of it is there, and is waited for when it is not.
    void eachIsAnsweredInAnyPieces()
    {
        const auto all = seeds();
        QVERIFY(all.size() > 50);
        for (const Seed &seed : all) {
            HttpBytes whole;
            const std::string wrong = whole.feed(seed.bytes);
            QVERIFY2(wrong.empty(), qPrintable(seed.name + u": "_s + QString::fromStdString(wrong)));
            for (const std::size_t piece : {1, 7, 100}) {
                HttpBytes inPieces;
                const std::string less = inPieces.feed(seed.bytes, piece);
                QVERIFY2(less.empty(), qPrintable(seed.name + u": "_s + QString::fromStdString(less)));
                QVERIFY2(saysTheSame(inPieces.statuses(), whole.statuses()),
                    qPrintable(seed.name + u": "_s + listOf(inPieces.statuses()) + u" and "_s +
                               listOf(whole.statuses())));
            }
        }
    }

    void mutationsOfThemAreAnswered()
    {
        const auto all = seeds();
        std::mt19937 random(7);
        std::map<int, int> statuses;
        for (int i = 0; i < 5'000; ++i) {
            const std::string bytes = mutated(all[random() % all.size()].bytes, random);
            HttpBytes service;
            const std::string wrong = service.feed(bytes, random() % 20);
            QVERIFY2(wrong.empty(), (wrong + "\n" + bytes).c_str());
            for (const int status : service.statuses())
                ++statuses[status];
        }
        for (const int status : {200, 202, 400, 401, 403, 404, 405})
            QVERIFY2(statuses[status] > 0, qPrintable(QString::number(status)));
    }
};

QTEST_GUILESS_MAIN(HttpCorpusTest)
#include "http_corpus_test.moc"
