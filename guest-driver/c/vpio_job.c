/* SPDX-License-Identifier: MIT */
#include "vpio_job.h"

#include "vpio.h"

/* ORDER release: what was written before is seen before the word is. */
static void write32(uint32_t *word, uint32_t value)
{
    __atomic_store_n(word, vpio_le32(value), __ATOMIC_RELEASE);
}

static void write64(uint64_t *word, uint64_t value)
{
    __atomic_store_n(word, vpio_le64(value), __ATOMIC_RELEASE);
}

static int is_range(uint64_t offset, uint64_t bytes, uint64_t within)
{
    return offset <= within && bytes <= within - offset && offset % sizeof(uint64_t) == 0;
}

static void open_ring(struct vpio_job_ring *ring, struct vpio_job *job, uint64_t offset, uint32_t *tail, const uint32_t *head)
{
    ring->records = (uint64_t *)(void *)((uint8_t *)job + offset);
    ring->tail_in_job = tail;
    ring->head_in_job = head;
    ring->entries = vpio_le32(job->report_count);
    ring->tail = ring->head = vpio_le32(*tail);
}

const char *vpio_job_open(struct vpio_job_end *end, uint8_t *memory, uint64_t bytes)
{
    struct vpio_job *job = (struct vpio_job *)(void *)memory;
    uint64_t ring_bytes;
    uint32_t entries;

    /* ORDER acquire: domain 0 wrote the magic last. */
    if (bytes < VPIO_JOB_BYTES || vpio_le64(__atomic_load_n(&job->magic, __ATOMIC_ACQUIRE)) != VPIO_JOB_MAGIC)
        return "the application memory holds no job of vpio run";
    if (vpio_le32(job->version) != VPIO_JOB_VERSION)
        return "the job is of another version than 1, which this program knows";
    entries = vpio_le32(job->report_count);
    ring_bytes = (uint64_t)entries * sizeof(uint64_t);
    if (entries == 0 || (entries & (entries - 1)) != 0 || !is_range(vpio_le64(job->submitted_ring), ring_bytes, bytes)
        || !is_range(vpio_le64(job->received_ring), ring_bytes, bytes))
        return "the job has no rings of reports";
    end->job = job;
    open_ring(&end->submitted, job, vpio_le64(job->submitted_ring), &job->submitted_tail, &job->submitted_head);
    open_ring(&end->received, job, vpio_le64(job->received_ring), &job->received_tail, &job->received_head);
    return NULL;
}

uint32_t vpio_job_phase(const struct vpio_job_end *end)
{
    return vpio_le32(__atomic_load_n(&end->job->phase, __ATOMIC_ACQUIRE));
}

uint64_t vpio_job_frames_due(const struct vpio_job_end *end)
{
    return vpio_le64(__atomic_load_n(&end->job->frames_due, __ATOMIC_ACQUIRE));
}

void vpio_job_become(struct vpio_job_end *end, uint32_t activity)
{
    write32(&end->job->activity, activity);
}

void vpio_job_own(struct vpio_job_end *end, uint64_t generation)
{
    write64(&end->job->generation, generation);
    vpio_job_become(end, VPIO_JOB_ACTIVITY_HOLDING);
}

void vpio_job_note_sent_all(struct vpio_job_end *end)
{
    write32(&end->job->has_sent_all, 1);
}

void vpio_job_note_discarded(struct vpio_job_end *end, uint64_t frames)
{
    write64(&end->job->discarded, frames);
}

void vpio_job_note_release(struct vpio_job_end *end, uint64_t ns)
{
    write64(&end->job->last_release_ns, ns);
}

void vpio_job_fail(struct vpio_job_end *end, const char *sentence)
{
    uint32_t i;

    for (i = 0; i < VPIO_JOB_FAILURE_BYTES - 1 && sentence[i] != '\0'; i++)
        end->job->failure[i] = sentence[i];
    end->job->failure[i] = '\0';
    vpio_job_become(end, VPIO_JOB_ACTIVITY_FAILED);
}

int vpio_job_has_room(struct vpio_job_ring *ring)
{
    if (ring->tail - ring->head < ring->entries)
        return 1;
    /* ORDER acquire: what was read out is read before it is written over. */
    ring->head = vpio_le32(__atomic_load_n(ring->head_in_job, __ATOMIC_ACQUIRE));
    return ring->tail - ring->head < ring->entries;
}

void vpio_job_report(struct vpio_job_ring *ring, uint64_t digest)
{
    write64(&ring->records[ring->tail & (ring->entries - 1)], digest);
    ring->tail++;
    write32(ring->tail_in_job, ring->tail);
}
