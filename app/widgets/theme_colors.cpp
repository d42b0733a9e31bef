#include "app/widgets/theme_colors.h"

#include <array>

namespace app {
namespace {

// One line a colour: light, dark, high contrast.
constexpr std::array<NamedColor, static_cast<std::size_t>(Color::Count)> table{{
    // surfaces
    {Color::Window, "window", {0xE8EBF0, 0x0E0F12, 0x000000}},
    {Color::Panel, "panel", {0xF8F9FB, 0x17191D, 0x000000}},
    {Color::Base, "base", {0xFFFFFF, 0x1B1D22, 0x000000}},
    {Color::Raised, "raised", {0xFFFFFF, 0x24272E, 0x000000}},
    {Color::Inset, "inset", {0xEFF1F5, 0x121317, 0x000000}},
    {Color::Canvas, "canvas", {0xF1F3F7, 0x121418, 0x000000}},
    {Color::Grid, "grid", {0xD3D8E1, 0x2A2E36, 0x3A3A3A}},
    {Color::Node, "node", {0xFFFFFF, 0x22252C, 0x000000}},
    {Color::NodeFoot, "nodeFoot", {0xF5F6F9, 0x1D2026, 0x000000}},
    {Color::Chip, "chip", {0xFFFFFF, 0x1B1D22, 0x000000}},
    {Color::Hover, "hover", {0xECEFF4, 0x23262D, 0x1F1F1F}},
    {Color::Press, "press", {0xE0E4EB, 0x2C3038, 0x333333}},
    {Color::Selection, "selection", {0xDCE7FB, 0x22345A, 0x004A5C}},
    {Color::AccentTint, "accentTint", {0xE4ECFC, 0x1E2B47, 0x003844}},
    {Color::Shadow, "shadow", {0xC5CBD6, 0x08090B, 0x000000}},
    // text and lines
    {Color::Text, "text", {0x1A1E26, 0xE7E9EE, 0xFFFFFF}},
    {Color::Text2, "text2", {0x4A5362, 0xB1B8C4, 0xFFFFFF}},
    {Color::Text3, "text3", {0x5E6878, 0x959EAC, 0xE0E0E0}},
    {Color::TextDisabled, "textDisabled", {0x97A0AE, 0x626A77, 0xA0A0A0}},
    {Color::OnAccent, "onAccent", {0xFFFFFF, 0x0B1426, 0x000000}},
    {Color::Line, "line", {0xE2E5EB, 0x272A31, 0x8C8C8C}},
    {Color::Border, "border", {0xCBD1DB, 0x383D47, 0xFFFFFF}},
    {Color::Control, "control", {0x868F9E, 0x717A89, 0xFFFFFF}},
    {Color::NodeBorder, "nodeBorder", {0x7F8998, 0x778190, 0xFFFFFF}},
    {Color::Accent, "accent", {0x2B5FD0, 0x7CA8FF, 0x5CE1FF}},
    {Color::AccentHover, "accentHover", {0x2453BA, 0x95B8FF, 0x9AEEFF}},
    {Color::AccentPress, "accentPress", {0x1D459E, 0xB0CAFF, 0xCFF7FF}},
    {Color::Focus, "focus", {0x2B5FD0, 0x7CA8FF, 0xFFE600}},
    // edges
    {Color::Edge, "edge", {0x6F7988, 0x8892A1, 0xFFFFFF}},
    {Color::EdgeHover, "edgeHover", {0x2B5FD0, 0x7CA8FF, 0x5CE1FF}},
    {Color::EdgeTaken, "edgeTaken", {0x1E7040, 0x52C48C, 0x5CFF9D}},
    {Color::EdgeUnreached, "edgeUnreached", {0xB3BAC6, 0x4A515D, 0x8C8C8C}},
    {Color::WaitMark, "waitMark", {0xB96D00, 0xF0B24C, 0xFFD24A}},
    // status: ink and tint
    {Color::Pending, "sPending", {0x5A6373, 0xA3ACBA, 0xE0E0E0}},
    {Color::Running, "sRunning", {0x0A6C75, 0x4CC9D2, 0x5CE1FF}},
    {Color::Waiting, "sWaiting", {0x8A5300, 0xF0B24C, 0xFFD24A}},
    {Color::Suspended, "sSuspended", {0x7B3F99, 0xD596E2, 0xF0A8FF}},
    {Color::Completed, "sCompleted", {0x1E7040, 0x52C48C, 0x5CFF9D}},
    {Color::Failed, "sFailed", {0xBC2733, 0xFF8087, 0xFF9A9A}},
    {Color::Terminated, "sTerminated", {0x434B58, 0xB4BCC8, 0xE0E0E0}},
    {Color::PendingTint, "tPending", {0xEDEFF3, 0x25282F, 0x000000}},
    {Color::RunningTint, "tRunning", {0xDDF2F3, 0x10302F, 0x000000}},
    {Color::WaitingTint, "tWaiting", {0xFDF0D8, 0x35290F, 0x000000}},
    {Color::SuspendedTint, "tSuspended", {0xF3E6F8, 0x33213A, 0x000000}},
    {Color::CompletedTint, "tCompleted", {0xE0F3E7, 0x12301F, 0x000000}},
    {Color::FailedTint, "tFailed", {0xFCE6E7, 0x3D1B1F, 0x000000}},
    {Color::TerminatedTint, "tTerminated", {0xE3E6EB, 0x2B2F37, 0x000000}},
    // step kinds
    {Color::KindWork, "kWork", {0x46607C, 0x9FB6D0, 0xD6E6FF}},
    {Color::KindWait, "kWait", {0x6A43C0, 0xB6A0FF, 0xD2C4FF}},
    {Color::KindPeople, "kPeople", {0xAD2B6B, 0xF491C0, 0xFFB3DA}},
    {Color::KindRoute, "kRoute", {0x85560F, 0xDBAE63, 0xFFD78A}},
    {Color::KindData, "kData", {0x4B6837, 0xA8C58D, 0xCFF0B0}},
    {Color::KindOut, "kOut", {0x1B6AA3, 0x70BCEE, 0x9ADCFF}},
    {Color::KindEnd, "kEnd", {0x3C4452, 0xC5CCD7, 0xFFFFFF}},
    {Color::KindFail, "kFail", {0xBC2733, 0xFF8087, 0xFF9A9A}},
    {Color::KindInterrupt, "kInterrupt", {0xAF4415, 0xFF9F6E, 0xFFBE9A}},
    {Color::KindUnknown, "kUnknown", {0x606A7A, 0x929BA9, 0xE0E0E0}},
    // groups and notes, the same in all themes
    {Color::Slate, "slate", {0x6B7A90, 0x6B7A90, 0x6B7A90}},
    {Color::Red, "red", {0xD0454C, 0xD0454C, 0xD0454C}},
    {Color::Orange, "orange", {0xC25E12, 0xC25E12, 0xC25E12}},
    {Color::Ochre, "ochre", {0x94740F, 0x94740F, 0x94740F}},
    {Color::Green, "green", {0x2F8A4E, 0x2F8A4E, 0x2F8A4E}},
    {Color::Teal, "teal", {0x118590, 0x118590, 0x118590}},
    {Color::Blue, "blue", {0x3D78E0, 0x3D78E0, 0x3D78E0}},
    {Color::Violet, "violet", {0x8B62DB, 0x8B62DB, 0x8B62DB}},
    // charts
    {Color::Chart1, "c1", {0x1861A8, 0x53A3E1, 0x5CE1FF}},
    {Color::Chart2, "c2", {0xA93C00, 0xEB8137, 0xFFB066}},
    {Color::Chart3, "c3", {0x148F6B, 0x42D4A7, 0x5CFF9D}},
    {Color::Chart4, "c4", {0xAB508A, 0xC9709F, 0xFFB3DA}},
    {Color::Chart5, "c5", {0xB5830E, 0xF7CB51, 0xFFE600}},
    {Color::Chart6, "c6", {0x163C6C, 0xB9DCF7, 0xFFFFFF}},
    // JSON, modes, toast
    {Color::JsonKey, "jsonKey", {0x1B6AA3, 0x70BCEE, 0x9ADCFF}},
    {Color::JsonString, "jsonString", {0x1E7040, 0x7ED3A4, 0x5CFF9D}},
    {Color::JsonNumber, "jsonNumber", {0xAF4415, 0xFF9F6E, 0xFFBE9A}},
    {Color::JsonWord, "jsonWord", {0x6A43C0, 0xB6A0FF, 0xD2C4FF}},
    {Color::ModeDesign, "modeDesign", {0x2B5FD0, 0x7CA8FF, 0x5CE1FF}},
    {Color::ModeRun, "modeRun", {0x1E7040, 0x52C48C, 0x5CFF9D}},
    {Color::ModeReplay, "modeReplay", {0x8A5300, 0xF0B24C, 0xFFD24A}},
    {Color::Toast, "toast", {0x242933, 0xE7E9EE, 0xFFFFFF}},
    {Color::ToastText, "toastText", {0xF4F6F9, 0x17191D, 0x000000}},
    {Color::ToastAction, "toastAction", {0x9DBEFF, 0x1D459E, 0x00327A}},
}};

constexpr bool standsInItsPlace()
{
    for (std::size_t at = 0; at < table.size(); ++at)
        if (static_cast<std::size_t>(table[at].name) != at)
            return false;
    return true;
}
static_assert(standsInItsPlace(), "the table is in the order of the enumeration");

} // namespace

std::span<const NamedColor> themeColors() { return table; }

QColor color(ThemeKind theme, Color name)
{
    const NamedColor &row = table[static_cast<std::size_t>(name)];
    return QColor::fromRgb(row.values[static_cast<std::size_t>(theme)]);
}

} // namespace app
