#pragma once

#include "app/dialogs/dialogs.h"

#include <deque>

namespace tests {

/// Answers as the test says, at once, and remembers what was asked. A question without an answer is
/// answered as Escape would.
class ScriptedDialogs final : public app::Dialogs
{
public:
    std::deque<QString> files;
    std::deque<app::UnsavedAnswer> unsaved;
    std::deque<bool> grants;
    QStringList asked;    ///< flows of the questions about unsaved work
    QStringList demands;  ///< of the last question for a grant
    QStringList problems; ///< `what: why`

    void openFile(QWidget *, const QString &, std::function<void(QString)> answered) override
    {
        answered(next(files, QString()));
    }
    void saveFile(QWidget *, const QString &, std::function<void(QString)> answered) override
    {
        answered(next(files, QString()));
    }
    void askUnsaved(
        QWidget *, const QString &flow, std::function<void(app::UnsavedAnswer)> answered) override
    {
        asked.append(flow);
        answered(next(unsaved, app::UnsavedAnswer::Cancel));
    }
    void askGrant(QWidget *, const QString &, const QStringList &wanted,
        std::function<void(bool)> answered) override
    {
        demands = wanted;
        answered(next(grants, false));
    }
    void showProblem(QWidget *, const QString &what, const QString &why) override
    {
        problems.append(what + QStringLiteral(": ") + why);
    }

private:
    template<typename T>
    static T next(std::deque<T> &answers, T otherwise)
    {
        if (answers.empty())
            return otherwise;
        T answer = std::move(answers.front());
        answers.pop_front();
        return answer;
    }
};

} // namespace tests
