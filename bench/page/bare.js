// The least a page can do with what a WebSocket says: it becomes the text of one element, at once.

const text = document.getElementById("text");
const socket = new WebSocket(new URLSearchParams(location.search).get("device"));
socket.onmessage = ({ data }) => (text.textContent = data);
socket.onopen = () => (globalThis.connected = true);
