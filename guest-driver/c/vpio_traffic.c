/* SPDX-License-Identifier: MIT */
#include "vpio_traffic.h"

#include "vpio.h"

#define ADDRESS_BYTES 6U
#define DESTINATION_OFFSET 0U
#define SOURCE_OFFSET 6U
#define GROUP_BIT 1U

static const uint8_t *at(const struct vpio_traffic *traffic, uint64_t offset)
{
    return (const uint8_t *)traffic->job + offset;
}

static const struct vpio_job_frame *entry(const struct vpio_traffic *traffic, uint32_t number)
{
    return (const struct vpio_job_frame *)(const void *)at(traffic, vpio_le64(traffic->job->frame_table)) + number;
}

static int repeats(const struct vpio_traffic *traffic)
{
    return (vpio_le32(traffic->job->flags) & VPIO_JOB_REPEATS) != 0;
}

static int is_table(uint64_t offset, uint64_t count, uint64_t entry_bytes, uint64_t within)
{
    return count == 0 || (offset % sizeof(uint64_t) == 0 && offset <= within && count <= (within - offset) / entry_bytes);
}

static int is_frame(const struct vpio_job_frame *frame, uint64_t within)
{
    uint32_t length = vpio_le32(frame->length);
    uint64_t offset = vpio_le64(frame->offset);

    return length >= VPIO_NIC_MIN_FRAME_BYTES && length <= VPIO_NIC_MAX_FRAME_BYTES && offset <= within && length <= within - offset;
}

const char *vpio_traffic_open(struct vpio_traffic *traffic, const struct vpio_job *job, uint64_t bytes)
{
    uint32_t i;

    __builtin_memset(traffic, 0, sizeof *traffic);
    traffic->job = job;
    traffic->destination = vpio_le32(job->first_destination);
    if (!is_table(vpio_le64(job->frame_table), vpio_le32(job->frame_count), sizeof(struct vpio_job_frame), bytes)
        || !is_table(vpio_le64(job->destination_table), vpio_le32(job->destination_count), sizeof(uint64_t), bytes))
        return "a table of the job lies outside of its memory";
    for (i = 0; i < vpio_le32(job->frame_count); i++) {
        if (!is_frame(entry(traffic, i), bytes))
            return "a frame of the job is none, or lies outside of its memory";
    }
    return NULL;
}

int vpio_traffic_has_next(const struct vpio_traffic *traffic)
{
    uint32_t count = vpio_le32(traffic->job->frame_count);

    return count != 0 && (repeats(traffic) || traffic->next < count);
}

/* An address stands in memory as in a frame, with two bytes of zero behind it. */
static void set_address(struct vpio_traffic *traffic, uint32_t offset, const void *address)
{
    __builtin_memcpy(traffic->frame + offset, address, ADDRESS_BYTES);
}

static void address(struct vpio_traffic *traffic)
{
    uint32_t count = vpio_le32(traffic->job->destination_count);
    const uint8_t *table = at(traffic, vpio_le64(traffic->job->destination_table));

    set_address(traffic, SOURCE_OFFSET, &traffic->job->mac);
    if (count == 0 || (traffic->frame[DESTINATION_OFFSET] & GROUP_BIT))
        return;
    set_address(traffic, DESTINATION_OFFSET, table + (uint64_t)(traffic->destination % count) * sizeof(uint64_t));
    traffic->destination = (traffic->destination % count + 1) % count;
}

void vpio_traffic_prepare(struct vpio_traffic *traffic)
{
    const struct vpio_job_frame *frame = entry(traffic, traffic->next);

    if (traffic->length != 0)
        return;
    traffic->length = vpio_le32(frame->length);
    __builtin_memcpy(traffic->frame, at(traffic, vpio_le64(frame->offset)), traffic->length);
    if (repeats(traffic))
        address(traffic);
}

void vpio_traffic_advance(struct vpio_traffic *traffic)
{
    traffic->length = 0;
    traffic->next++;
    if (repeats(traffic) && traffic->next == vpio_le32(traffic->job->frame_count))
        traffic->next = 0;
}
