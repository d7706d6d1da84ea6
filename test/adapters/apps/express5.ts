import express from 'express'
import { startExpress } from './express-app.js'

startExpress(express)
