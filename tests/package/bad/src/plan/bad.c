#include "judge/rules.h"
