using System.Text;
using Iced.Intel;
using Vpio.Abi;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Is the program from its first instruction to its last: attaches, does the job, and says how that went.</summary>
internal sealed class Main : Part
{
    // As vpio guest ends.
    private const uint Done = 0;
    private const uint Failed = 1;
    private const uint NoJob = 2;

    private static readonly byte[] WhyItFailed = Encoding.UTF8.GetBytes("The device is not to be had (docs/abi.md, Results): a hypercall answered -");

    private readonly MachineProgram _program;
    private readonly Clock _clock;
    private readonly Attachment _attachment;
    private readonly Duties _duties;
    private readonly Ownership _ownership;
    private readonly Subroutine _comeUp;
    private readonly Subroutine _doJob;
    private readonly Subroutine _sleep;
    private readonly Subroutine _tellFailure;
    private Label _sentence;

    /// <summary>Makes the part.</summary>
    public Main(MachineProgram program, Variables variables, Clock clock, Attachment attachment, Duties duties, Ownership ownership)
        : base(program, variables)
    {
        _program = program;
        _clock = clock;
        _attachment = attachment;
        _duties = duties;
        _ownership = ownership;
        _comeUp = Subroutine();
        _doJob = Subroutine();
        _sleep = Subroutine();
        _tellFailure = Subroutine();
        _sentence = Later();
    }

    /// <inheritdoc/>
    public override void Write()
    {
        WriteEntry();
        Write(_comeUp, WriteComeUp);
        Write(_doJob, WriteDoJob);
        Write(_sleep, WriteSleep);
        Write(_tellFailure, WriteTellFailure);
        Code.Label(ref _sentence);
        Code.db(WhyItFailed);
    }

    // It is entered with the machine info in RDI.
    private void WriteEntry()
    {
        Label hasNoJob = Later();
        Label ended = Later();
        Label stopped = Later();
        Label failed = Later();
        Code.sub(rsp, Variables.Bytes);
        Code.mov(Kept.Variables, rsp);
        Unless(_attachment.HasJob, hasNoJob);
        _attachment.Attach.Call();
        Code.test(rax, rax);
        Code.jnz(ended);
        _doJob.Call();

        Here(ended); // By the status in RAX.
        Code.cmp(rax, (int)DeviceStatus.Denied);
        Code.je(stopped);
        Code.test(rax, rax);
        Code.jnz(failed);
        Code.mov(JobField.Activity, (int)GuestActivity.Done);
        _program.End(Done);
        Here(stopped);
        Code.mov(JobField.Activity, (int)GuestActivity.Stopped);
        _program.End(Done);
        Here(failed);
        _tellFailure.Call();
        Code.mov(JobField.Activity, (int)GuestActivity.Failed);
        _program.End(Failed);
        Here(hasNoJob);
        _program.End(NoJob);
    }

    private void WriteComeUp()
    {
        Label begun = Later();
        Code.mov(Variables.IsDrained, 1);
        Code.mov(eax, JobField.FirstDestination);
        Code.mov(Variables.NextDestination, eax);
        Code.mov(JobField.Activity, (int)GuestActivity.Ready);
        Label again = Here();
        Code.cmp(JobField.Phase, (int)JobPhase.Starting);
        Code.jne(begun);
        Nap(ShortNapUs);
        Code.jmp(again);
        Here(begun);
        _clock.Now.Call();
        Code.mov(Variables.SendingSinceNs, rax);
    }

    // Answers a status in RAX.
    private void WriteDoJob()
    {
        Label sleeps = Later();
        Label end = Later();
        _comeUp.Call();
        Label again = Here();
        Code.xor(eax, eax);
        Code.cmp(JobField.Phase, (int)JobPhase.Over);
        Code.je(end);
        Unless(_duties.WantsDevice, sleeps);
        _ownership.Once.Call();
        Code.test(rax, rax);
        Code.jz(again);
        Code.jmp(end);
        Here(sleeps);
        _sleep.Call();
        Code.jmp(again);
        Here(end);
    }

    // Who can neither send nor receive any more has done, and only awaits the end.
    private void WriteSleep()
    {
        Label sleeps = Later();
        _duties.NoteProgress.Call();
        Code.mov(ecx, (int)GuestActivity.Sleeping);
        Code.cmp(JobField.FrameCount, 0);
        Code.je(sleeps);
        Code.test(JobField.Flags, JobLayout.Receives);
        Code.jnz(sleeps);
        Code.mov(ecx, (int)GuestActivity.Done);
        Here(sleeps);
        Code.mov(JobField.Activity, ecx);
        Nap(NapUs);
    }

    // The status, which is negative, is in RAX. Division gives its last digit first, and the stack turns them round.
    private void WriteTellFailure()
    {
        Code.lea(rsi, __[_sentence]);
        Code.lea(rdi, JobField.Failure);
        Code.mov(ecx, WhyItFailed.Length);
        Code.rep.movsb();
        Code.neg(eax);
        Code.mov(ecx, 10);
        Code.xor(esi, esi);
        Label divide = Here();
        Code.xor(edx, edx);
        Code.div(ecx);
        Code.push(rdx);
        Code.inc(esi);
        Code.test(eax, eax);
        Code.jnz(divide);
        Label say = Here();
        Code.pop(rax);
        Code.add(eax, '0');
        Code.stosb();
        Code.dec(esi);
        Code.jnz(say);
    }
}
