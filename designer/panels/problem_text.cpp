#include "designer/panels/problem_text.h"

#include <QCoreApplication>

namespace designer {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(designer::ProblemText)
};

/// The last part of a JSON pointer, without its escapes.
QString keyOf(const std::string &pointer)
{
    QString key = QString::fromStdString(pointer.substr(pointer.rfind('/') + 1));
    return key.replace(QLatin1String("~1"), QLatin1String("/"))
        .replace(QLatin1String("~0"), QLatin1String("~"));
}

QString shortened(const std::string &json)
{
    constexpr qsizetype most = 28;
    const QString text = QString::fromStdString(json).simplified();
    return text.size() <= most ? text : text.left(most - 1) + QChar(0x2026);
}

} // namespace

QString mendText(const engine::Mend &mend)
{
    const QString key = keyOf(mend.pointer);
    using Kind = engine::Mend::Kind;
    switch (mend.kind) {
    //: What a click does about a problem; %1 is a value as the file writes it.
    case Kind::Replace: return Words::tr("Write %1").arg(shortened(mend.value));
    //: %1 is a member of the file, %2 its value.
    case Kind::Add: return Words::tr("Add '%1': %2").arg(key, shortened(mend.value));
    case Kind::Remove: return Words::tr("Remove '%1'").arg(key);
    case Kind::Rename: break;
    }
    return Words::tr("Rename '%1' to '%2'").arg(key, QString::fromStdString(mend.value));
}

QString problemText(const engine::Problem &problem)
{
    // Translators find the sentences under the context "engine::Problem".
    const QString sentence = QCoreApplication::translate("engine::Problem", problem.text.c_str());
    QString filled;
    for (qsizetype i = 0; i < sentence.size(); ++i) {
        const int number =
            sentence[i] == u'%' && i + 1 < sentence.size() ? sentence[i + 1].digitValue() : -1;
        const bool known = number > 0 && number <= static_cast<int>(problem.arguments.size());
        if (!known) {
            filled += sentence[i];
            continue;
        }
        // Not arg(): an argument may itself hold "%1".
        filled += QString::fromStdString(problem.arguments[static_cast<std::size_t>(number - 1)]);
        ++i;
    }
    return filled;
}

} // namespace designer
