/** @file mujun.h  All of libmujun. */
#ifndef MUJUN_MUJUN_H
#define MUJUN_MUJUN_H
#include "mujun/arena.h"
#include "mujun/fit.h"
#include "mujun/geom.h"
#include "mujun/ledger.h"
#include "mujun/park.h"
#include "mujun/progress.h"
#include "mujun/rooms.h"
#include "mujun/status.h"
#include "mujun/table.h"
#include "mujun/text.h"
#include "mujun/version.h"
#endif
