/* SPDX-License-Identifier: MIT */
#include "vpio_program.h"

#include "vpio_digest.h"

#define NS_PER_SECOND ((uint64_t)1000000000)
#define NAP_NS ((uint64_t)5000000)
#define SHORT_NAP_NS ((uint64_t)1000000)
/* Who was asked for the device does not wait: what is posted then goes out in the next ownership. */
#define DRAIN_LIMIT_NS ((uint64_t)100000000)
/* About what a sleep and its end cost: a device that is at work has room again sooner. */
#define LOOK_NS ((uint64_t)30000)
/* Between two looks whether anything else is to be done. */
#define BATCH_FRAMES 32

static uint64_t now_ns(const struct vpio_program *program)
{
    return program->body.now_ns(program->body.context);
}

static void nap(const struct vpio_program *program, uint64_t ns)
{
    program->body.nap(program->body.context, ns);
}

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static int is_sending(const struct vpio_program *program)
{
    return vpio_job_phase(&program->end) == VPIO_JOB_PHASE_SENDING;
}

static int is_over(const struct vpio_program *program)
{
    return vpio_job_phase(&program->end) == VPIO_JOB_PHASE_OVER;
}

static int is_hog(const struct vpio_program *program)
{
    return (program->flags & VPIO_JOB_HOG) != 0;
}

static int is_held(const struct vpio_program *program)
{
    const struct vpio_guest *guest = &program->guest;
    /* ORDER acquire: what the hypervisor published before the word is seen after it. */
    uint64_t word = __atomic_load_n(&guest->port.device_page->slots[program->device].state, __ATOMIC_ACQUIRE);

    return vpio_word_is_held_by(vpio_le64(word), guest->domain_id, guest->generation);
}

/* ---- The pace ---- */

/* How many frames may have been begun by now; in two parts, since seconds times a rate and a second's part of it both fit. */
static int is_due(const struct vpio_program *program)
{
    uint64_t elapsed_ns = now_ns(program) - program->sending_since_ns;
    uint64_t seconds = elapsed_ns / NS_PER_SECOND;
    uint64_t rest_ns = elapsed_ns % NS_PER_SECOND;

    return program->rate == 0 || seconds * program->rate + rest_ns * program->rate / NS_PER_SECOND + 1 > program->begun;
}

static uint64_t until_next_ns(const struct vpio_program *program)
{
    uint64_t elapsed_ns = now_ns(program) - program->sending_since_ns;
    uint64_t next_ns;

    if (program->rate == 0)
        return 0;
    next_ns = program->begun / program->rate * NS_PER_SECOND + program->begun % program->rate * NS_PER_SECOND / program->rate;
    return next_ns > elapsed_ns ? next_ns - elapsed_ns : 0;
}

/* ---- Frames ---- */

static void note_discarded(struct vpio_program *program)
{
    uint64_t lost = vpio_guest_lost(&program->guest);

    if (lost != program->discarded)
        vpio_job_note_discarded(&program->end, lost);
    program->discarded = lost;
}

/* Not 0 when another frame may be begun, and the driver has room for it as far as can be seen. */
static int may_begin(struct vpio_program *program)
{
    return is_sending(program) && vpio_traffic_has_next(&program->traffic) && is_due(program) && !vpio_guest_must_stop(&program->guest)
        && vpio_guest_outstanding(&program->guest) < VPIO_GUEST_RING_ENTRIES && vpio_job_has_room(&program->end.submitted);
}

/* The driver posts and rings in one: so a frame is reported first, and when the driver does not take it after all, it is the next that does go out. */
static int send_next(struct vpio_program *program)
{
    struct vpio_traffic *traffic = &program->traffic;

    if (!program->is_reported) {
        if (!may_begin(program))
            return 0;
        vpio_traffic_prepare(traffic);
        vpio_job_report(&program->end.submitted, vpio_digest(traffic->frame, traffic->length));
        program->begun++;
        program->is_reported = 1;
        program->is_drained = 0;
    }
    note_discarded(program);
    if (vpio_guest_send(&program->guest, traffic->frame, traffic->length) != 1)
        return 0;
    program->is_reported = 0;
    vpio_traffic_advance(traffic);
    return 1;
}

static int send_batch(struct vpio_program *program)
{
    int count = 0;

    while (count < BATCH_FRAMES && send_next(program))
        count++;
    return count;
}

static int receive_batch(struct vpio_program *program)
{
    uint32_t length;
    int count = 0;

    while (count < BATCH_FRAMES && vpio_job_has_room(&program->end.received)) {
        length = vpio_guest_receive(&program->guest, program->frame, sizeof program->frame);
        if (length == 0)
            break;
        vpio_job_report(&program->end.received, vpio_digest(program->frame, length));
        program->received++;
        count++;
    }
    return count;
}

/* Looks for a moment until the device holds no more than so many frames; who sleeps at once may be woken before it sleeps. */
static void look(struct vpio_program *program, uint32_t most)
{
    uint64_t since_ns = now_ns(program);

    while (vpio_guest_outstanding(&program->guest) > most && !vpio_guest_must_stop(&program->guest) && now_ns(program) - since_ns < LOOK_NS)
        continue;
}

static void drain(struct vpio_program *program, uint64_t limit_ns)
{
    uint64_t since_ns = now_ns(program);
    uint64_t spent_ns = 0;
    uint32_t left;

    look(program, 0);
    for (;;) {
        left = vpio_guest_outstanding(&program->guest);
        spent_ns = now_ns(program) - since_ns;
        if (left == 0 || vpio_guest_must_stop(&program->guest) || spent_ns >= limit_ns)
            break;
        vpio_guest_rest(&program->guest, VPIO_NIC_INTERRUPT_TX, limit_ns - spent_ns);
    }
    note_discarded(program);
    program->is_drained = !program->is_reported && left == 0 && is_held(program);
}

/* ---- Ownerships ---- */

static int has_unfinished(const struct vpio_program *program)
{
    return !program->is_drained || program->received < vpio_job_frames_due(&program->end);
}

static int wants_device(const struct vpio_program *program)
{
    if (has_unfinished(program))
        return 1;
    return is_sending(program) && (is_hog(program) || (program->flags & VPIO_JOB_RECEIVES) || vpio_traffic_has_next(&program->traffic));
}

static void note_progress(struct vpio_program *program)
{
    if (program->is_drained && (!vpio_traffic_has_next(&program->traffic) || vpio_job_phase(&program->end) > VPIO_JOB_PHASE_SENDING))
        vpio_job_note_sent_all(&program->end);
}

/* A hog is one while it sends; then it takes what is left for it, as everybody does. */
static int may_keep(const struct vpio_program *program)
{
    if (is_hog(program) && is_sending(program))
        return is_held(program);
    return !vpio_guest_must_stop(&program->guest) && !is_over(program);
}

static void await_room(struct vpio_program *program)
{
    if (vpio_guest_outstanding(&program->guest) < VPIO_GUEST_RING_ENTRIES) {
        nap(program, SHORT_NAP_NS); /* It is the ring of reports that is full. */
        return;
    }
    look(program, VPIO_GUEST_RING_ENTRIES / 2);
    if (vpio_guest_outstanding(&program->guest) == VPIO_GUEST_RING_ENTRIES)
        vpio_guest_rest(&program->guest, VPIO_NIC_INTERRUPT_TX, NAP_NS);
}

/* Waits for what may let something move again. 0 when there is nothing left to hold the device for. */
static int rest(struct vpio_program *program)
{
    int sends = is_sending(program) && vpio_traffic_has_next(&program->traffic);

    if (vpio_guest_must_stop(&program->guest)) {
        /* Only a hog stays, and it is to be a nuisance by the device alone. */
        if (is_hog(program))
            nap(program, SHORT_NAP_NS);
        return 1;
    }
    if (sends && is_due(program)) {
        await_room(program);
        return 1;
    }
    drain(program, NAP_NS);
    note_progress(program);
    if (!wants_device(program))
        return 0;
    vpio_guest_rest(&program->guest, VPIO_NIC_INTERRUPT_RX, sends ? least(until_next_ns(program), NAP_NS) : NAP_NS);
    return 1;
}

static void work(struct vpio_program *program)
{
    int moved;

    note_discarded(program);
    while (may_keep(program)) {
        moved = send_batch(program);
        moved += receive_batch(program);
        if (moved == 0 && !rest(program))
            return;
    }
}

static void give_back(struct vpio_program *program)
{
    int asked = vpio_guest_must_stop(&program->guest);
    uint64_t since_ns = now_ns(program);

    drain(program, DRAIN_LIMIT_NS);
    if (vpio_guest_release(&program->guest) == VPIO_OK && asked)
        vpio_job_note_release(&program->end, now_ns(program) - since_ns);
}

static int64_t await_device(struct vpio_program *program)
{
    int64_t result = vpio_guest_grab(&program->guest, 1);

    if (result == VPIO_QUEUED || result == -VPIO_EEXIST)
        result = vpio_guest_await(&program->guest, VPIO_WAIT_FOREVER);
    if (result != VPIO_OK)
        return result;
    result = program->body.use_device(program->body.context, program->device);
    program->guest.port.window = program->body.port->window;
    return result;
}

/* Whether it was taken by force, and whether more than the device is lost by that, the next grab tells. */
static int64_t own_once(struct vpio_program *program)
{
    int64_t result;

    vpio_job_become(&program->end, VPIO_JOB_ACTIVITY_WAITING);
    result = await_device(program);
    if (result != VPIO_OK)
        return result;
    vpio_job_own(&program->end, program->guest.generation);
    work(program);
    give_back(program);
    note_progress(program);
    return VPIO_OK;
}

/* Who can neither send nor receive any more has done, and only awaits the end. */
static void sleep_without_device(struct vpio_program *program)
{
    int has_done = program->has_frames && !(program->flags & VPIO_JOB_RECEIVES);

    note_progress(program);
    vpio_job_become(&program->end, has_done ? VPIO_JOB_ACTIVITY_DONE : VPIO_JOB_ACTIVITY_SLEEPING);
    nap(program, NAP_NS);
}

/* ---- The job ---- */

static int64_t come_up(struct vpio_program *program)
{
    int64_t result = program->body.use_device(program->body.context, program->device);

    if (result == VPIO_OK)
        result = vpio_guest_attach(&program->guest, program->body.port, program->device);
    if (result != VPIO_OK)
        return result;
    vpio_job_become(&program->end, VPIO_JOB_ACTIVITY_READY);
    while (vpio_job_phase(&program->end) == VPIO_JOB_PHASE_STARTING)
        nap(program, SHORT_NAP_NS);
    program->sending_since_ns = now_ns(program);
    return VPIO_OK;
}

static int64_t do_job(struct vpio_program *program)
{
    int64_t result = come_up(program);

    while (result == VPIO_OK && !is_over(program)) {
        if (wants_device(program))
            result = own_once(program);
        else
            sleep_without_device(program);
    }
    return result;
}

/* ---- The end ---- */

/* One character after the other, as far as there is room; the sentence ends with a zero at every moment. */
struct sentence {
    uint32_t length;
    char text[VPIO_JOB_FAILURE_BYTES];
};

static void say(struct sentence *sentence, const char *text)
{
    for (; *text != '\0' && sentence->length < sizeof sentence->text - 1; text++)
        sentence->text[sentence->length++] = *text;
    sentence->text[sentence->length] = '\0';
}

static void say_number(struct sentence *sentence, int64_t number)
{
    char digits[21];
    uint32_t first = sizeof digits - 1;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

    digits[first] = '\0';
    do {
        digits[--first] = (char)('0' + left % 10);
        left /= 10;
    } while (left != 0);
    if (number < 0)
        say(sentence, "-");
    say(sentence, &digits[first]);
}

static int tell_end(struct vpio_program *program, int64_t result)
{
    struct sentence sentence = { 0, { '\0' } };

    if (result == VPIO_OK || result == -VPIO_EACCES) {
        vpio_job_become(&program->end, result == VPIO_OK ? VPIO_JOB_ACTIVITY_DONE : VPIO_JOB_ACTIVITY_STOPPED);
        return VPIO_PROGRAM_DONE;
    }
    say(&sentence, "The device ");
    say_number(&sentence, program->device);
    say(&sentence, " is not to be had: a hypercall answered ");
    say_number(&sentence, result);
    say(&sentence, " (docs/abi.md, Results).");
    vpio_job_fail(&program->end, sentence.text);
    return VPIO_PROGRAM_FAILED;
}

const char *vpio_program_open(struct vpio_program *program, const struct vpio_program_body *body, uint8_t *application, uint64_t application_bytes)
{
    const char *reason = vpio_job_open(&program->end, application, application_bytes);

    if (reason == NULL)
        reason = vpio_traffic_open(&program->traffic, program->end.job, application_bytes);
    if (reason != NULL)
        return reason;
    program->body = *body;
    program->device = vpio_le32(program->end.job->device);
    program->flags = vpio_le32(program->end.job->flags);
    program->rate = vpio_le32(program->end.job->rate);
    program->has_frames = vpio_le32(program->end.job->frame_count) != 0;
    program->is_drained = 1;
    return NULL;
}

int vpio_program_run(struct vpio_program *program)
{
    return tell_end(program, do_job(program));
}
