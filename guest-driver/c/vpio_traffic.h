/* SPDX-License-Identifier: MIT */
/* The frames that a job has its guest send, in their order and with their addresses. Specified in docs/guest-programs.md, "What is sent". */
#ifndef VPIO_TRAFFIC_H
#define VPIO_TRAFFIC_H

#include "vpio_job.h"
#include "vpio_nic.h"

struct vpio_traffic {
    const struct vpio_job *job;
    uint32_t next;        /* Number of the next frame in the table. */
    uint32_t destination; /* Number of the next destination. */
    uint32_t length;      /* Of the frame that is ready; 0: none is. */
    uint8_t frame[VPIO_NIC_MAX_FRAME_BYTES];
};

/* Takes the tables of a job, which lies in so much memory, up. NULL, or what is wrong with them. */
const char *vpio_traffic_open(struct vpio_traffic *traffic, const struct vpio_job *job, uint64_t bytes);

/* Not 0 while there is a frame to send. */
int vpio_traffic_has_next(const struct vpio_traffic *traffic);

/* Makes the next frame ready, in frame and length; the same until it is advanced. There must be one. */
void vpio_traffic_prepare(struct vpio_traffic *traffic);

/* Goes on to the frame behind the one that is ready. */
void vpio_traffic_advance(struct vpio_traffic *traffic);

#endif /* VPIO_TRAFFIC_H */
