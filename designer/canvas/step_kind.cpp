#include "designer/canvas/step_kind.h"

#include <array>
#include <utility>

namespace designer {

namespace {

using app::Color;
constexpr QSizeF step{160, 64};
constexpr QSizeF flat{160, 40};
constexpr QSizeF round{40, 40};

const std::array looks{
    KindLook{StepShape::Rectangle, "activity", Color::KindWork, step},
    KindLook{StepShape::Rectangle, "send", Color::KindOut, step},
    KindLook{StepShape::Rectangle, "emit", Color::KindOut, step},
    KindLook{StepShape::RoundLeft, "wait", Color::KindWait, step},
    KindLook{StepShape::RoundLeft, "collect", Color::KindWait, step},
    KindLook{StepShape::RoundLeft, "approval", Color::KindPeople, step},
    KindLook{StepShape::Circle, "timer", Color::KindWait, round},
    KindLook{StepShape::Diamond, "choice", Color::KindRoute, QSizeF{48, 48}},
    KindLook{StepShape::Bar, "parallel", Color::KindRoute, QSizeF{80, 8}},
    KindLook{StepShape::Bar, "join", Color::KindRoute, QSizeF{80, 8}},
    KindLook{StepShape::Rectangle, "for-each", Color::KindRoute, step},
    KindLook{StepShape::Rectangle, "sub-flow", Color::KindWork, step},
    KindLook{StepShape::Rectangle, "set", Color::KindData, flat},
    KindLook{StepShape::Circle, "end", Color::KindEnd, round},
    KindLook{StepShape::Circle, "fail", Color::KindFail, round},
    KindLook{StepShape::Circle, "continue", Color::KindOut, round},
    KindLook{StepShape::Circle, "resume", Color::KindInterrupt, round},
    KindLook{StepShape::Sheet, "note", Color::Ochre, QSizeF{160, 40}},
    KindLook{StepShape::Circle, "interrupt", Color::KindInterrupt, round},
    KindLook{StepShape::Circle, "start", Color::KindEnd, QSizeF{28, 28}},
    KindLook{StepShape::Rectangle, "unknown", Color::KindUnknown, step},
};
static_assert(looks.size() == static_cast<std::size_t>(StepKind::Unknown) + 1);

constexpr std::array<std::pair<std::string_view, StepKind>, 18> names{{
    {"activity", StepKind::Activity},
    {"send", StepKind::Send},
    {"emit", StepKind::Emit},
    {"wait", StepKind::Wait},
    {"collect", StepKind::Collect},
    {"approval", StepKind::Approval},
    {"timer", StepKind::Timer},
    {"choice", StepKind::Choice},
    {"parallel", StepKind::Parallel},
    {"join", StepKind::Join},
    {"forEach", StepKind::ForEach},
    {"subFlow", StepKind::SubFlow},
    {"set", StepKind::Set},
    {"end", StepKind::End},
    {"fail", StepKind::Fail},
    {"continueAsNew", StepKind::ContinueAsNew},
    {"resume", StepKind::Resume},
    {"note", StepKind::Note},
}};

} // namespace

bool hasIconOnCanvas(const KindLook &look)
{
    return look.shape != StepShape::Bar && look.shape != StepShape::Sheet;
}

const KindLook &lookOf(StepKind kind) { return looks[static_cast<std::size_t>(kind)]; }

StepKind stepKind(const engine::StepBody &body)
{
    // A kind that is not run yet is drawn as unknown, even where its look is known: the engine
    // refuses it, and the picture must not say otherwise.
    if (std::holds_alternative<engine::UnknownStep>(body))
        return StepKind::Unknown;
    return stepKind(engine::kindName(body));
}

StepKind stepKind(std::string_view name)
{
    for (const auto &[known, kind] : names) {
        if (known == name)
            return kind;
    }
    return StepKind::Unknown;
}

} // namespace designer
