/* SPDX-License-Identifier: MIT */
/*
 * What Vpio.Hypervisor does with KVM, done by a plain C program with nothing
 * around it: the peer of the benchmark "machines". Prints one figure a line,
 * name and nanoseconds, each the median of its rounds.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/kvm.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SYSTEM 0x10000UL
#define SYSTEM_BYTES 0xa000UL
#define PROGRAM 0x400000UL
#define PROGRAM_BYTES 0x10000UL
#define HANDLER 0x800
#define WORD 0x8000 /* Rung by the host, answered by the guest at WORD + 8. */
#define VECTOR 0x40
#define SIGNAL 40
#define ROUNDS 301
#define EXITS 2000

/* mode in ESI: 0 exits without end, 1 answers the word, 2 spins, 3 reads the window. The handler answers the word too. */
__asm__(".section .rodata\nmachine_code:\n"
    "mov $0x5604, %edx\n cmp $2, %esi\n je 3f\n ja 4f\n cmp $1, %esi\n je 2f\n"
    "1: out %eax, %dx\n jmp 1b\n"
    "2: mov 0x408000, %rax\n mov %rax, 0x408008\n jmp 2b\n"
    "3: jmp 3b\n"
    "4: mov 0x1000000, %eax\n pause\n jmp 4b\n"
    ".org machine_code + 0x800\n"
    "push %rax\n mov 0x408000, %rax\n mov %rax, 0x408008\n pop %rax\n iretq\n"
    "machine_code_end:\n.text\n");
extern const char machine_code[], machine_code_end[];

struct machine {
    int kvm, vm, cpu;
    struct kvm_run *run;
    int run_bytes;
    uint8_t *system, *program;
    pthread_t thread;
    volatile int thread_id, stop, interrupt;
};

static uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000U + (uint64_t)now.tv_nsec;
}

static void check(long result, const char *what)
{
    if (result >= 0)
        return;
    perror(what);
    exit(1);
}

static int compare(const void *a, const void *b)
{
    return *(const uint64_t *)a < *(const uint64_t *)b ? -1 : *(const uint64_t *)a > *(const uint64_t *)b;
}

static void tell(const char *name, uint64_t *ns)
{
    qsort(ns, ROUNDS, sizeof *ns, compare);
    printf("%s %llu\n", name, (unsigned long long)ns[ROUNDS / 2]);
}

static void map(struct machine *m, int slot, uint64_t address, uint8_t *memory, uint64_t bytes)
{
    struct kvm_userspace_memory_region region = { (uint32_t)slot, 0, address, bytes, (uint64_t)memory };

    check(ioctl(m->vm, KVM_SET_USER_MEMORY_REGION, &region), "memory");
}

static void write_tables(uint8_t *tables)
{
    uint64_t *top = (uint64_t *)tables, *pointers = (uint64_t *)(tables + 0x1000), *gdt = (uint64_t *)(tables + 0x6000), *idt = (uint64_t *)(tables + 0x7000);
    uint64_t handler = PROGRAM + HANDLER, tss = SYSTEM + 0x8000;
    uint64_t i, j;

    top[0] = (SYSTEM + 0x1000) | 0x67;
    for (i = 0; i < 3; i++) {
        pointers[i] = (SYSTEM + 0x2000 + i * 0x1000) | 0x67;
        for (j = 0; j < 512; j++)
            ((uint64_t *)(tables + 0x2000 + i * 0x1000))[j] = i << 30 | j << 21 | 0xe3 | (i + j ? 4 : 0);
    }
    gdt[5] = 0x00cff3000000ffff;
    gdt[6] = 0x00affb000000ffff;
    gdt[8] = 0x1fff | (tss & 0xffffff) << 16 | 0x8bUL << 40 | tss >> 24 << 56;
    *(uint16_t *)(tables + 0x8000 + 102) = 104;
    idt[VECTOR * 2] = (handler & 0xffff) | 0x33UL << 16 | 0xefUL << 40 | (handler >> 16 & 0xffff) << 48;
}

static void set_registers(struct machine *m, uint64_t mode)
{
    struct kvm_segment data = { 0, 0xffffffff, 0x2b, 3, 1, 3, 1, 1, 0, 1, 0, 0, 0 };
    struct kvm_sregs system;
    struct kvm_regs registers;

    check(ioctl(m->cpu, KVM_GET_SREGS, &system), "sregs");
    system.ds = system.es = system.fs = system.gs = system.ss = data;
    system.cs = (struct kvm_segment){ 0, 0xffffffff, 0x33, 11, 1, 3, 0, 1, 1, 1, 0, 0, 0 };
    system.tr = (struct kvm_segment){ SYSTEM + 0x8000, 0x1fff, 0x40, 11, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
    system.gdt.base = SYSTEM + 0x6000;
    system.gdt.limit = 0x5f;
    system.idt.base = SYSTEM + 0x7000;
    system.idt.limit = 0xfff;
    system.cr0 = 0x80010033;
    system.cr3 = SYSTEM;
    system.cr4 = 0x620;
    system.efer = 0xd01;
    check(ioctl(m->cpu, KVM_SET_SREGS, &system), "sregs");
    memset(&registers, 0, sizeof registers);
    registers.rip = PROGRAM;
    registers.rsp = PROGRAM + PROGRAM_BYTES - 8;
    registers.rsi = mode;
    registers.rflags = 0x202;
    check(ioctl(m->cpu, KVM_SET_REGS, &registers), "regs");
}

static void offer_all(struct machine *m)
{
    struct { struct kvm_cpuid2 head; struct kvm_cpuid_entry2 entries[256]; } cpuid;

    memset(&cpuid, 0, sizeof cpuid);
    cpuid.head.nent = 256;
    check(ioctl(m->kvm, KVM_GET_SUPPORTED_CPUID, &cpuid), "cpuid");
    check(ioctl(m->cpu, KVM_SET_CPUID2, &cpuid), "cpuid");
}

static void start(struct machine *m, uint64_t mode)
{
    memset(m, 0, sizeof *m);
    check(m->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
    check(m->vm = ioctl(m->kvm, KVM_CREATE_VM, 0), "vm");
    m->system = mmap(NULL, SYSTEM_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    m->program = mmap(NULL, PROGRAM_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    write_tables(m->system);
    memcpy(m->program, machine_code, (size_t)(machine_code_end - machine_code));
    map(m, 0, SYSTEM, m->system, SYSTEM_BYTES);
    map(m, 1, PROGRAM, m->program, PROGRAM_BYTES);
    check(m->cpu = ioctl(m->vm, KVM_CREATE_VCPU, 0), "cpu");
    offer_all(m);
    m->run_bytes = ioctl(m->kvm, KVM_GET_VCPU_MMAP_SIZE, 0);
    m->run = mmap(NULL, (size_t)m->run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, m->cpu, 0);
    set_registers(m, mode);
}

static void end(struct machine *m)
{
    munmap(m->run, (size_t)m->run_bytes);
    close(m->cpu);
    close(m->vm);
    close(m->kvm);
    munmap(m->system, SYSTEM_BYTES);
    munmap(m->program, PROGRAM_BYTES);
}

static void *live(void *argument)
{
    struct machine *m = argument;
    struct kvm_interrupt vector = { VECTOR };

    m->thread_id = (int)syscall(SYS_gettid);
    while (!m->stop) {
        if (m->interrupt) {
            if (m->run->ready_for_interrupt_injection) {
                m->interrupt = 0;
                m->run->request_interrupt_window = 0;
                ioctl(m->cpu, KVM_INTERRUPT, &vector);
            } else {
                m->run->request_interrupt_window = 1;
            }
        }
        if (ioctl(m->cpu, KVM_RUN, 0) != 0)
            m->run->immediate_exit = 0;
    }
    return NULL;
}

static void start_thread(struct machine *m, uint64_t mode)
{
    start(m, mode);
    pthread_create(&m->thread, NULL, live, m);
    while (m->thread_id == 0)
        usleep(100);
    usleep(2000);
}

static void kick(struct machine *m)
{
    m->run->immediate_exit = 1;
    syscall(SYS_tgkill, getpid(), m->thread_id, SIGNAL);
}

static uint64_t answered(struct machine *m, uint64_t value, int interrupts)
{
    volatile uint64_t *word = (volatile uint64_t *)(m->program + WORD);
    uint64_t since = now_ns();

    word[0] = value;
    if (interrupts) {
        m->interrupt = 1;
        kick(m);
    }
    while (word[1] != value)
        ;
    return now_ns() - since;
}

static void stop(struct machine *m)
{
    m->stop = 1;
    kick(m);
    pthread_join(m->thread, NULL);
    end(m);
}

static void measure_exits(void)
{
    uint64_t ns[ROUNDS], since;
    struct machine m;
    int i, j;

    start(&m, 0);
    for (i = 0; i < ROUNDS; i++) {
        since = now_ns();
        for (j = 0; j < EXITS / 20; j++)
            check(ioctl(m.cpu, KVM_RUN, 0), "run");
        ns[i] = (now_ns() - since) / (EXITS / 20);
    }
    end(&m);
    tell("exit", ns);
}

static void measure_upcalls(int interrupts)
{
    uint64_t ns[ROUNDS], i;
    struct machine m;

    start_thread(&m, interrupts ? 2 : 1);
    for (i = 0; i < ROUNDS; i++) {
        ns[i] = answered(&m, i + 1, interrupts);
        usleep(200);
    }
    stop(&m);
    tell(interrupts ? "interrupt" : "polled", ns);
}

static void measure_protection(void)
{
    uint64_t ns[ROUNDS], since;
    struct machine m;
    uint8_t *window = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    int i;

    start_thread(&m, 3);
    map(&m, 2, 0x1000000, window, 4096);
    for (i = 0; i < ROUNDS; i++) {
        mprotect(window, 4096, PROT_READ | PROT_WRITE);
        usleep(200); /* The guest uses it by then. */
        since = now_ns();
        mprotect(window, 4096, PROT_NONE);
        ns[i] = now_ns() - since;
    }
    stop(&m);
    tell("protect", ns);
}

static void measure_lives(void)
{
    uint64_t starts[ROUNDS], stops[ROUNDS], since;
    struct machine m;
    int i;

    for (i = 0; i < ROUNDS; i++) {
        since = now_ns();
        start(&m, 0);
        check(ioctl(m.cpu, KVM_RUN, 0), "run");
        starts[i] = now_ns() - since;
        end(&m);
    }
    tell("start", starts);
    for (i = 0; i < ROUNDS; i++) {
        if (i < 32) {
            start_thread(&m, 2);
            since = now_ns();
            stop(&m);
            stops[i] = now_ns() - since;
        } else {
            stops[i] = stops[i % 32];
        }
    }
    tell("stop", stops);
}

int main(void)
{
    struct sigaction action;

    memset(&action, 0, sizeof action);
    action.sa_handler = (void (*)(int))(void (*)(void))getpid;
    sigaction(SIGNAL, &action, NULL);
    measure_exits();
    measure_upcalls(0);
    measure_upcalls(1);
    measure_protection();
    measure_lives();
    return 0;
}
