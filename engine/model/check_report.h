#pragma once

#include "engine/model/flow_reader.h"

#include <set>
#include <string>
#include <vector>

namespace engine {

/// What a problem is about.
struct CheckPlace {
    StepId step; ///< empty: the flow
    std::string pointer;
};

/// Place of a step, or of one of its members.
CheckPlace placeOf(const StepId &step);
CheckPlace placeOf(const StepId &step, std::string_view member);

/// Collects the problems of one check. Where the reader has already said something, nothing is
/// added: a member that could not be read is not missing too.
class CheckReport
{
public:
    /// `read` outlives the report.
    explicit CheckReport(const ReadFlow &read);

    /// A problem that was just added, or none because the reader had one there.
    class Added
    {
    public:
        explicit Added(Problem *problem)
            : m_problem(problem)
        {}
        void mend(std::optional<Mend> mend) const
        {
            if (m_problem)
                m_problem->mend = std::move(mend);
        }

    private:
        Problem *m_problem;
    };

    Added error(std::string id, CheckPlace place, std::string text,
        std::vector<std::string> arguments = {});
    Added warning(std::string id, CheckPlace place, std::string text,
        std::vector<std::string> arguments = {});
    Added hint(std::string id, CheckPlace place, std::string text,
        std::vector<std::string> arguments = {});

    /// Those of `members` that the object at `pointer` does not have in the file.
    std::vector<std::string> absent(
        std::string_view pointer, std::vector<std::string> members) const;

    /// All, also the reader's, in the order of the file.
    std::vector<Problem> problems();

private:
    Added add(Problem problem);
    int lineOf(std::string_view pointer) const;

    const ReadFlow *m_read;
    std::set<std::string, std::less<>> m_unread;
    std::vector<Problem> m_problems;
};

} // namespace engine
