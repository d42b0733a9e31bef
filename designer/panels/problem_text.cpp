#include "designer/panels/problem_text.h"

#include <QCoreApplication>

namespace designer {

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
