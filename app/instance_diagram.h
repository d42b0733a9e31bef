#pragma once

#include "monitor/diagram.h"

#include <memory>

class QWidget;

namespace app {

/// The designer's canvas, read-only, as the monitor's picture of an instance.
std::unique_ptr<monitor::Diagram> makeInstanceDiagram(QWidget *parent);

} // namespace app
