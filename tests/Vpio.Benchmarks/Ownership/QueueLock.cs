using System.Runtime.InteropServices;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is the fair lock of Mellor-Crummey and Scott: who waits stands in a linked queue and looks at a word of its own. It spins for a moment, then sleeps there.</summary>
internal sealed unsafe class QueueLock : IDisposable
{
    private const int Spins = 100;
    private const int Waiting = 1;
    private const int Asleep = 2;

    private readonly List<nint> _nodes = [];
    private nint _tail;

    /// <summary>Makes the node of a thread.</summary>
    public Node* MakeNode()
    {
        Node* node = (Node*)NativeMemory.AlignedAlloc(128, 64);
        NativeMemory.Clear(node, 128);
        lock (_nodes)
            _nodes.Add((nint)node);
        return node;
    }

    public void Enter(Node* node)
    {
        node->Next = 0;
        node->State = Waiting;
        Node* before = (Node*)Interlocked.Exchange(ref _tail, (nint)node);
        if (before is null)
            return;
        Volatile.Write(ref before->Next, (nint)node);
        for (int spin = 0; spin < Spins && Volatile.Read(ref node->State) != 0; spin++)
            Thread.SpinWait(1);
        while (Volatile.Read(ref node->State) != 0)
        {
            if (Interlocked.CompareExchange(ref node->State, Asleep, Waiting) != 0)
                WordSleep.WhileIs(&node->State, Asleep);
        }
    }

    public void Exit(Node* node)
    {
        if (Volatile.Read(ref node->Next) == 0 && Interlocked.CompareExchange(ref _tail, 0, (nint)node) == (nint)node)
            return;
        SpinWait spinner = default;
        while (Volatile.Read(ref node->Next) == 0)
            spinner.SpinOnce(); // Who comes next has taken its place and is about to say so.
        Node* next = (Node*)node->Next;
        if (Interlocked.Exchange(ref next->State, 0) == Asleep)
            WordSleep.Wake(&next->State);
    }

    public void Dispose() => _nodes.ForEach(node => NativeMemory.AlignedFree((void*)node));

    /// <summary>Is a place in the queue.</summary>
    internal struct Node
    {
        public nint Next;
        public int State;
    }
}
